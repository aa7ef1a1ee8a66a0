import PlumbStatistics
import Testing

/// Detectors against the places at which River's fire on the same streams.
@Suite struct DetectorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let stream: String
    let detector: String
    let values: [Double]
    let parameters: [String: Double]
    let direction: String?
    let drifts: [Int]
    /// The final state of ADWIN.
    let end: [String: Double]

    var testDescription: String { "\(stream) \(detector)" }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for stream in GoldenDrift.expected["streams"] as? [[String: Any]] ?? [] {
      guard let name = stream["name"] as? String, let file = stream["file"] as? String,
        let detectors = stream["detectors"] as? [String: [String: Any]]
      else { continue }
      let values = (GoldenDrift.table(file)["x"] ?? []).compactMap { $0.flatMap(Double.init) }
      for (detector, object) in detectors.sorted(by: { $0.key < $1.key }) {
        guard let drifts = object["drifts"] as? [Int],
          let parameters = object["params"] as? [String: Any]
        else { continue }
        cases.append(
          Case(
            stream: name, detector: detector, values: values,
            parameters: parameters.compactMapValues { GoldenDrift.number($0) },
            direction: parameters["mode"] as? String, drifts: drifts,
            end: (object["end"] as? [String: Any] ?? [:]).compactMapValues {
              GoldenDrift.number($0)
            }))
      }
    }
    // KSWIN that draws, and FHDDM, which is not here.
    return cases.filter { $0.detector != "kswin_seed_42" && $0.detector != "fhddm" }
  }()

  @Test(arguments: cases)
  func firesWhereRiverDoes(_ example: Case) {
    func whole(_ name: String) -> Int { Int(example.parameters[name] ?? 0) }
    func number(_ name: String) -> Double { example.parameters[name] ?? 0 }
    let kind = example.detector
    if kind.hasPrefix("adwin") {
      var settings = ADWIN.Settings()
      settings.delta = number("delta")
      settings.clock = whole("clock")
      settings.maxBuckets = whole("max_buckets")
      settings.minWindowLength = whole("min_window_length")
      settings.gracePeriod = whole("grace_period")
      let end = expectPlaces(ADWIN(settings), example)
      #expect(end.width == Int(example.end["width"] ?? -1))
      #expect(GoldenDrift.agrees(end.total, example.end["total"], relative: 1e-9))
      #expect(GoldenDrift.agrees(end.variance, example.end["variance_sum"], relative: 1e-9))
    } else if kind.hasPrefix("page_hinkley") {
      var settings = PageHinkley.Settings()
      settings.minInstances = whole("min_instances")
      settings.delta = number("delta")
      settings.threshold = number("threshold")
      settings.alpha = number("alpha")
      settings.direction = example.direction.flatMap(ChangeDirection.init) ?? .both
      _ = expectPlaces(PageHinkley(settings), example)
    } else if kind.hasPrefix("kswin") {
      var settings = KSWIN.Settings()
      settings.alpha = number("alpha")
      settings.windowSize = whole("window_size")
      settings.statSize = whole("stat_size")
      _ = expectPlaces(KSWIN(settings), example)
    } else if kind.hasPrefix("ddm") {
      var settings = DDM.Settings()
      settings.warmStart = whole("warm_start")
      settings.driftThreshold = number("drift_threshold")
      _ = expectPlaces(DDM(settings), example)
    } else if kind.hasPrefix("eddm") {
      var settings = EDDM.Settings()
      settings.warmStart = whole("warm_start")
      settings.beta = number("beta")
      _ = expectPlaces(EDDM(settings), example)
    } else if kind.hasPrefix("hddm_a") {
      var settings = HDDMA.Settings()
      settings.driftConfidence = number("drift_confidence")
      settings.isTwoSided = number("two_sided_test") != 0
      _ = expectPlaces(HDDMA(settings), example)
    } else if kind.hasPrefix("hddm_w") {
      var settings = HDDMW.Settings()
      settings.driftConfidence = number("drift_confidence")
      settings.lambda = number("lambda_val")
      settings.isTwoSided = number("two_sided_test") != 0
      _ = expectPlaces(HDDMW(settings), example)
    } else {
      Issue.record("no detector \(kind)")
    }
  }

  private func expectPlaces<Detector: StreamDetector>(
    _ detector: Detector, _ example: Case
  ) -> Detector {
    var detector = detector
    var places: [Int] = []
    for (index, value) in example.values.enumerated() where detector.add(value) {
      places.append(index)
    }
    #expect(places == example.drifts, "\(example.testDescription)")
    return detector
  }

  /// The chart of the NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.3: mean 325,
  /// h = 4.1959, k = 0.3175; the upper sum leaves the limit at the 14th value.
  @Test func cumulativeSumOfTheHandbook() {
    let values = [
      324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600,
      324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
    ]
    var settings = CUSUM.Settings()
    settings.mean = 325
    settings.deviation = 1
    settings.slack = 0.3175
    settings.threshold = 4.1959
    var chart = CUSUM(settings)
    #expect(values.firstIndex { chart.add($0) } == 13)
  }
}
