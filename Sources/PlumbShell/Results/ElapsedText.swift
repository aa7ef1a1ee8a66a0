/// A time span for people: `0.4 ms`, `12 ms`, `1.24 s`, `2 min 5 s`.
func elapsedText(_ seconds: Double) -> String {
  let seconds = max(0, min(seconds, 1e9))
  func rounded(_ number: Double, digits: Int) -> String {
    let scale = digits == 2 ? 100.0 : 10.0
    let scaled = Int((number * scale).rounded())
    let fraction = String(scaled % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(scaled / Int(scale)).\(zeros)\(fraction)"
  }
  if seconds < 0.001 { return rounded(seconds * 1000, digits: 1) + " ms" }
  if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
  if seconds < 60 { return rounded(seconds, digits: 2) + " s" }
  let whole = Int(seconds.rounded())
  return "\(whole / 60) min \(whole % 60) s"
}
