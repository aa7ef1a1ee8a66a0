/// The bytes of a size such as `512M`, `2GiB` or `1.5g`; nil when it is none.
///
/// `K` `M` `G` `T`, alone or with `iB`, count in powers of 1024; with `B`, in powers of 1000.
func parseSize(_ text: String) -> Int? {
  let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
  guard let number = Double(digits), number.isFinite else { return nil }
  let suffix = text.dropFirst(digits.count).lowercased()
  let (base, power): (Double, Int)
  switch suffix {
  case "", "b": (base, power) = (1, 0)
  case "k", "kib": (base, power) = (1024, 1)
  case "m", "mib": (base, power) = (1024, 2)
  case "g", "gib": (base, power) = (1024, 3)
  case "t", "tib": (base, power) = (1024, 4)
  case "kb": (base, power) = (1000, 1)
  case "mb": (base, power) = (1000, 2)
  case "gb": (base, power) = (1000, 3)
  case "tb": (base, power) = (1000, 4)
  default: return nil
  }
  let bytes = (0..<power).reduce(number) { result, _ in result * base }
  return Int(exactly: bytes.rounded())
}
