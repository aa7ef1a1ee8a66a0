import PlumbColumns
import PlumbFunctions
import Testing

/// Profiles of tables: what is kept of a column, and what is too much to keep.
@Suite struct ProfileBuildingTests {
  private func table(_ columns: [(String, Column)]) -> Table {
    Table(
      schema: Schema(columns.map { Schema.Field($0.0, $0.1.type) }), columns: columns.map(\.1),
      rowCount: columns[0].1.count)
  }

  @Test func anIdIsNotKept() throws {
    let count = TableProfile.categoryLimit + 1
    let ids = Column((0..<count).map { .string("id-\($0)") }, type: .string)
    let plan = Column((0..<count).map { .string($0 % 2 == 0 ? "a" : "b") }, type: .string)
    let profile = try #require(
      try TableProfile(of: table([("id", ids), ("plan", plan)]), control: RunControl()))
    #expect(profile.features.map(\.name) == ["plan"])
  }

  @Test func groupsAreInOrderOfAppearanceAndNullIsOne() throws {
    let key = Column([.string("b"), .null, .string("a"), .null, .string("b")], type: .string)
    let flag = Column(
      [.bool(true), .bool(true), .bool(true), .bool(false), .bool(true)], type: .bool)
    let x = Column([.float(1), .float(2), .float(3), .float(4), .null], type: .float)
    let profile = try #require(
      try TableProfile(
        of: table([("key", key), ("flag", flag), ("x", x)]),
        by: [.init(name: "key", type: .string), .init(name: "flag", type: .bool)],
        control: RunControl()))
    #expect(
      profile.groups.map(\.values) == [
        [.string("b"), .bool(true)], [.null, .bool(true)], [.string("a"), .bool(true)],
        [.null, .bool(false)],
      ])
    #expect(profile.groups.map(\.profile.rowCount) == [2, 1, 1, 1])
    guard case .numbers(let numbers)? = profile.groups[0].profile["x"]?.content else {
      Issue.record("no numbers")
      return
    }
    #expect(numbers.points == [1] && numbers.missingCount == 1)
  }

  @Test func tooManyGroupsAreNoProfile() throws {
    let key = Column((0...TableProfile.groupLimit).map { .int($0) }, type: .int)
    let profile = try TableProfile(
      of: table([("key", key)]), by: [.init(name: "key", type: .int)], control: RunControl())
    #expect(profile == nil)
  }
}
