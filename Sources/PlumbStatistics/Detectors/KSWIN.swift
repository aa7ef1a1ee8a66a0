/// Kolmogorov–Smirnov windowing (Raab, Heusinger and Schleif 2020, "Reactive Soft Prototype
/// Computing for Concept Drift Streams"): the newest values against as many drawn from the older
/// ones of a sliding window.
///
/// Where the window is twice the newest values nothing is left to the draw, and the detector fires
/// where River's does.
package struct KSWIN: StreamDetector {
  /// The parameters, by their names in River.
  package struct Settings: Sendable {
    /// The p-value at or below which a change is found.
    package var alpha = 0.005
    package var windowSize = 100
    /// The newest values that are tested, and the number drawn from the older ones.
    package var statSize = 30
    package var seed: UInt64 = 1

    package init() {}
  }

  private let settings: Settings
  private var window: [Double] = []
  private var random: SplitMix
  private var hasFired = false

  package init(_ settings: Settings = Settings()) {
    self.settings = settings
    random = SplitMix(seed: settings.seed)
  }

  /// Takes the next value in; whether it completes a change.
  package mutating func add(_ value: Double) -> Bool {
    if hasFired { self = KSWIN(settings) }
    if window.count == settings.windowSize { window.removeFirst() }
    window.append(value)
    guard window.count == settings.windowSize else { return false }
    let olderCount = settings.windowSize - settings.statSize
    var older = Array(window[..<olderCount])
    for index in 0..<settings.statSize {
      older.swapAt(index, index + random.next(below: olderCount - index))
    }
    let drawn = older[..<settings.statSize].sorted()
    let newest = window[olderCount...].sorted()
    let test = drawn.withUnsafeBufferPointer { drawn in
      newest.withUnsafeBufferPointer { newest in
        KolmogorovSmirnov(SortedPair(reference: drawn, current: newest))
      }
    }
    if let test { hasFired = test.distance > 0.1 && test.pValue <= settings.alpha }
    return hasFired
  }
}
