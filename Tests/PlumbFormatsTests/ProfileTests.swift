import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

/// Profiles of tables: what is written is read back, several are one, and damage is told.
@Suite struct ProfileTests {
  private func numbers(_ values: [Double], missing: Int = 0) -> TableProfile {
    let sorted = values.sorted()
    let (points, error) = TableProfile.Numbers.points(count: sorted.count) { sorted[$0] }
    let mean = sorted.reduce(0, +) / Double(max(1, sorted.count))
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return TableProfile(
      rowCount: values.count + missing,
      features: [
        TableProfile.Feature(
          name: "x", type: .float,
          content: .numbers(
            .init(
              count: values.count, missingCount: missing, nanCount: 1, infiniteCount: 2,
              deviation: (squares / Double(max(1, sorted.count))).squareRoot(), points: points,
              rankError: error)))
      ])
  }

  private func parsed(_ text: String) throws -> TableProfile? {
    try TableProfile.parse(Array(text.utf8))
  }

  @Test func readsWhatItWrote() throws {
    let profile = TableProfile(
      rowCount: 7,
      features: numbers([0.1, -2, 1e300, Double.leastNonzeroMagnitude], missing: 3).features + [
        TableProfile.Feature(
          name: "c \"quoted\"", type: .string,
          content: .categories(.init(texts: ["", "ä\n"], counts: [3, 4], missingCount: 0)))
      ])
    #expect(try parsed(profile.json) == profile)
    #expect(TableProfile.recognizes(Array(profile.json.utf8.prefix(4096))))
  }

  @Test func keysAreKept() throws {
    func group(_ values: [Value], _ numbers: [Double]) -> TableProfile.Group {
      TableProfile.Group(values: values, profile: self.numbers(numbers))
    }
    let keys = [
      TableProfile.Key(name: "c", type: .string), TableProfile.Key(name: "n", type: .int),
      TableProfile.Key(name: "b", type: .bool),
    ]
    let profile = TableProfile(
      rowCount: 5, features: numbers([1, 2, 3, 4, 5]).features, keys: keys,
      groups: [
        group([.string("a"), .int(-1), .bool(true)], [1, 2]),
        group([.null, .null, .null], [3, 4, 5]),
      ])
    #expect(try parsed(profile.json) == profile)
    let other = TableProfile(
      rowCount: 2, features: numbers([6, 7]).features, keys: keys,
      groups: [
        group([.null, .null, .null], [6]), group([.string("b"), .int(0), .bool(false)], [7]),
      ])
    let merged = try #require(TableProfile.merged([profile, other]))
    #expect(merged.groups.map(\.profile.rowCount) == [2, 4, 1])
    #expect(merged.groups[1].values == [.null, .null, .null])
    let plain = TableProfile(rowCount: 1, features: numbers([1]).features)
    #expect(TableProfile.merged([profile, plain]) == nil)
  }

  @Test func severalAreOne() throws {
    var random = SeededGenerator(seed: propertySeed())
    let values = (0..<30_000).map { _ in Double.random(in: 0...1, using: &random) }
    let parts = [values[..<5000], values[5000..<9000], values[9000...]].map {
      numbers(Array($0), missing: 1)
    }
    let merged = try #require(TableProfile.merged(parts))
    let whole = numbers(values, missing: 3)
    guard case .numbers(let found) = merged.features[0].content,
      case .numbers(let expected) = whole.features[0].content
    else {
      Issue.record("not numbers")
      return
    }
    #expect(found.count == expected.count && found.missingCount == 3)
    #expect(abs(found.deviation - expected.deviation) < 1e-3)
    let sorted = values.sorted()
    for value in stride(from: 0.05, through: 0.95, by: 0.05) {
      let share = Double(found.points.count { $0 <= value }) / Double(found.points.count)
      let truth = Double(sorted.count { $0 <= value }) / Double(sorted.count)
      #expect(abs(share - truth) <= found.rankError, "\(value): \(share) and \(truth)")
    }
    #expect(TableProfile.merged([]) == nil)
    let other = TableProfile(
      rowCount: 1,
      features: [
        TableProfile.Feature(
          name: "x", type: .string,
          content: .categories(.init(texts: ["a"], counts: [1], missingCount: 0)))
      ])
    #expect(TableProfile.merged([whole, other]) == nil)
  }

  @Test(arguments: [
    "{}", "[]", #"{"plumb_profile":2,"rows":1,"features":[]}"#,
    #"{"plumb_profile":1,"rows":-1,"features":[]}"#,
    #"{"plumb_profile":1,"rows":9223372036854775807,"features":[]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"string","missing":9223372036854775807,"categories":["a"],"counts":[1]}]}"#,
    #"{"plumb_profile":1,"rows":1}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"float"}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"list<int>","missing":0}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"float","missing":0,"count":2,"nan":0,"infinite":0,"deviation":1,"rank_error":0,"points":[2,1]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"float","missing":0,"count":1,"nan":0,"infinite":0,"deviation":1,"rank_error":0,"points":[1,2]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"string","missing":0,"categories":["a"],"counts":[-1]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[{"name":"x","type":"string","missing":0,"categories":["a"],"counts":[1,2]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[],"keys":[{"name":"c","type":"string"}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[],"keys":[{"name":"c","type":"float"}],"groups":[]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[],"keys":[{"name":"c","type":"string"}],"groups":[{"key":[],"rows":1,"features":[]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[],"keys":[{"name":"c","type":"string"}],"groups":[{"key":[1],"rows":1,"features":[]}]}"#,
    #"{"plumb_profile":1,"rows":1,"features":[],"keys":[{"name":"c","type":"string"}],"groups":[{"key":["a"],"rows":1}]}"#,
  ])
  func damageIsNoProfile(_ text: String) throws {
    #expect(try parsed(text) == nil)
  }
}
