import PlumbColumns
import PlumbEngine
import PlumbOutput
import PlumbSystem

extension Subcommand {
  /// `plumb reference FOLDER`
  static let reference: Subcommand = Subcommand(
    "reference", arguments: "FOLDER", summary: "write the language reference as Markdown pages",
    details: """
      The folder must exist; pages of the same names are replaced.

      """
  ) { (invocation, _) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.reference)) }
    guard let folder = invocation.positionals.first, invocation.positionals.count == 1 else {
      throw CommandError(
        "`plumb reference` takes a folder", remedy: "write `plumb reference FOLDER`")
    }
    defer { TemporaryFiles.removeAll() }
    let session = Session()
    let store = DemoSource.name
    do throws(ImportError) {
      try session.open(address: store)
    } catch {
      throw CommandError(error.message, exitCode: .failed)
    }
    let pages = ReferencePages(session.help).pages + [CommandLinePage.page]
    for page in pages + [ReferencePages.index(of: pages)] {
      try replaceFile("\(folder)/\(page.name).md", with: Array(page.text.utf8))
    }
    return .success
  }
}
