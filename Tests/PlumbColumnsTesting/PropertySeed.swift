import Foundation

/// The seed that a property test starts from: the same each time, so that a run can be repeated and
/// a change is judged by what it changed.
///
/// With `PLUMB_LONG_TESTS` set it is another one each time; `PLUMB_SEED` brings one back. It is
/// printed, as the test may crash before it can say what it found.
package func propertySeed(_ test: String = #function) -> UInt64 {
  let environment = ProcessInfo.processInfo.environment
  if let text = environment["PLUMB_SEED"] {
    guard let seed = UInt64(text) else { fatalError("PLUMB_SEED=\(text) is not a whole number") }
    return seed
  }
  guard environment["PLUMB_LONG_TESTS"] != nil else { return 1 }
  let seed = UInt64.random(in: 0...UInt64(Int.max))
  print("\(test): PLUMB_SEED=\(seed)")
  return seed
}

/// Seeds of the cases of a property test that is run several times, from ``propertySeed(_:)`` on.
package func propertySeeds(_ count: Int, file: String = #fileID) -> [UInt64] {
  let first = propertySeed((file))
  return (0..<UInt64(count)).map { first &+ $0 }
}
