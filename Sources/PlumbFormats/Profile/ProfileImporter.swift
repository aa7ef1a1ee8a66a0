import PlumbColumns

extension Importer {
  /// Profiles that `save "x.profile"` wrote: one file, or several as one.
  package static let profile = Importer(
    name: "profile", summary: "profiles of tables (`.profile`)", extensions: ["profile"],
    recognizes: { !$0.isDirectory && TableProfile.recognizes($0.head) },
    open: { (request) throws(ImportError) in
      try request.refuseOptions(of: "a profile")
      let files = try InputFiles.expand(request.path, extensions: ["profile"])
      var profiles: [TableProfile] = []
      for file in files { profiles.append(try read(file.path, control: request.control)) }
      guard let profile = TableProfile.merged(profiles) else {
        throw ImportError(
          .wrongFormat, "the profiles `\(request.path)` have different columns",
          remedy: "read those of one table together")
      }
      return ProfileSource(
        address: request.path,
        table: ProfileTable(name: InputFiles.tableName(request.path), profile: profile))
    })

  private static func read(
    _ path: String, control: RunControl
  ) throws(ImportError) -> TableProfile {
    let file = try WholeFile.read(path, control)
    let read: TableProfile?
    do throws(JSONError) {
      read = try TableProfile.parse(Array(file.bytes))
    } catch {
      throw ImportError(.corrupt, "`\(path)` is no profile: \(error.message)")
    }
    guard let profile = read else {
      throw ImportError(
        .corrupt, "`\(path)` is no profile of this version",
        remedy: "write it again: `save profile of TABLE \"\(path)\"`")
    }
    return profile
  }
}

/// A profile and the one table that it stands for.
private final class ProfileSource: DataSource {
  let address: String
  let format = "profile"
  let tables: [any TableProvider]
  let warnings: [String] = []

  init(address: String, table: ProfileTable) {
    self.address = address
    tables = [table]
  }
}
