/// A file of a table, and what the folders that it lies in say of its rows.
struct InputFile: Sendable {
  let path: String
  /// `day=2026-11-01/region=eu/part.csv` in a folder has the keys `day` and `region`; a value is
  /// nil where the name says that there is none.
  let partitions: [Partition]

  /// A column that the folders of a file give: `year=2026`.
  struct Partition: Sendable, Equatable {
    let key: String
    let value: String?
  }

  /// How Hive, and all who followed, write a null.
  private static let nullName = "__HIVE_DEFAULT_PARTITION__"

  /// A file whose folders from character `base` of the path on are looked at.
  init(_ path: String, base: Int) {
    self.path = path
    let folders = path.utf8.dropFirst(base).split(separator: UInt8(ascii: "/")).dropLast()
    partitions = folders.compactMap { Self.partition(String($0) ?? "") }
  }

  /// `KEY=VALUE` as a folder's name has it.
  static func partition(_ name: String) -> Partition? {
    guard let sign = name.firstIndex(of: "="), sign > name.startIndex else { return nil }
    let value = String(name[name.index(after: sign)...])
    return Partition(
      key: PercentEncoding.decoded(name[..<sign]),
      value: value == nullName ? nil : PercentEncoding.decoded(value))
  }
}
