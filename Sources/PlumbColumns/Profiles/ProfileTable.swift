/// A profile in the place of the table that it was taken from: its columns are known, and what is
/// kept of them; its rows are not.
package final class ProfileTable: TableProvider {
  package let name: String
  package let summary: String
  package let profile: TableProfile
  package let schema: Schema

  package init(name: String, profile: TableProfile) {
    self.name = name
    self.profile = profile
    summary = "The profile of \(profile.rowCount) rows."
    // Keys of which too many values occur, or that are no feature, are columns all the same.
    let features = profile.features.map { Schema.Field($0.name, $0.type) }
    let keys = profile.keys.filter { profile[$0.name] == nil }
    schema = Schema(features + keys.map { Schema.Field($0.name, $0.type) })
  }

  package var knownRowCount: Int? { nil }

  package func scan(_ request: ScanRequest, control: RunControl) throws(ImportError) -> Table {
    throw ImportError(
      .wrongFormat, "the profile `\(name)` holds no rows",
      remedy: "compare with it: `TABLE | drift against profile(\"FILE\")`")
  }
}
