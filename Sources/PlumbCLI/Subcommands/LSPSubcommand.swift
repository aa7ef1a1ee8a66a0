import PlumbEngine
import PlumbLSP
import PlumbOutput
import PlumbSystem

extension Subcommand {
  /// `plumb lsp [SOURCE …]`
  static let lsp: Subcommand = Subcommand(
    "lsp", arguments: "[SOURCE …]", summary: "the language server, over standard input and output",
    details: """
      Editors start it: it tells of mistakes, completes, explains, lays out and finds
      definitions (Language Server Protocol 3.17). Sources are open for every file.

      """
  ) { (invocation, errors) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.lsp)) }
    let setup = SessionSetup(invocation, errors: errors)
    let session = setup.makeSession(checkOpensServers: false, progress: nil)
    defer { TemporaryFiles.removeAll() }
    for address in invocation.positionals { try setup.open(address, in: session) }
    return LanguageServer(session, version: plumbVersion).run() ? .success : .failed
  }
}
