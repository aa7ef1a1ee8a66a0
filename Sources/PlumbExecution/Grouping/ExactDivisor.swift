/// A number by which multiples of it are divided with one multiplication, and other numbers found
/// out: Granlund and Montgomery 1994, "Division by invariant integers using multiplication",
/// section 9.
struct ExactDivisor {
  let value: UInt64
  /// The inverse of the odd part modulo 2^64.
  private let inverse: UInt64
  /// How often two divides the number.
  private let twos: UInt64

  static let one = ExactDivisor(1)

  /// - Parameter value: Not 0.
  init(_ value: UInt64) {
    self.value = value
    twos = UInt64(value.trailingZeroBitCount)
    let odd = value >> twos
    // Three bits are right at first, then twice as many with each step (Newton).
    var inverse = odd
    for _ in 0..<5 { inverse &*= 2 &- odd &* inverse }
    self.inverse = inverse
  }

  /// The quotient of a multiple; of any other number one that is greater than that of all
  /// multiples.
  @inline(__always)
  func quotient(_ number: UInt64) -> UInt64 {
    let product = number &* inverse
    return product &>> twos | product &<< (64 &- twos)
  }
}

/// The greatest common divisor; 0 with 0 gives 0.
func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
