import PlumbDiagnostics
import PlumbJupyter
import PlumbOutput

extension Subcommand {
  /// `plumb convert FROM TO`
  static let convert: Subcommand = Subcommand(
    "convert", arguments: "FROM TO",
    summary: "make a script of a notebook, or a notebook of a script",
    details: """
      The endings say which: `.ipynb` is a notebook, `.plumb` a script. In scripts, `# %%`
      begins a cell of code and `# %% [markdown]` one of text, which is commented out.
      Outputs are not kept.

      """
  ) { (invocation, _) throws(CommandError) in
    if invocation.showsHelp { return try printed(HelpText.of(.convert)) }
    guard invocation.positionals.count == 2 else {
      throw CommandError(
        "`plumb convert` takes two files",
        remedy: "write `plumb convert notebook.ipynb script.plumb`, or the other way round")
    }
    let (from, to) = (invocation.positionals[0], invocation.positionals[1])
    let bytes = try ProgramText.bytes(ofFile: from)
    switch (isNotebook(from), isNotebook(to)) {
    case (true, false):
      let notebook = try readNotebook(bytes, named: from)
      try replaceFile(to, with: Array(NotebookScript.script(of: notebook).utf8))
    case (false, true):
      let script = String(decoding: bytes, as: UTF8.self)
      let notebook = NotebookScript.notebook(of: script, version: plumbVersion)
      try replaceFile(to, with: Array(notebook.text.utf8))
    default:
      throw CommandError(
        "one of the two must be a notebook", remedy: "a notebook's name ends in `.ipynb`")
    }
    return .success
  }
}

/// Whether a file's name says that it is a notebook.
func isNotebook(_ path: String) -> Bool { path.lowercased().hasSuffix(".ipynb") }

/// The notebook in a file's bytes.
func readNotebook(_ bytes: [UInt8], named path: String) throws(CommandError) -> Notebook {
  let notebook: Notebook
  do throws(KernelError) { notebook = try Notebook(bytes) } catch {
    throw CommandError("`\(path)`: \(error.message)", remedy: error.remedy)
  }
  guard ["plumb", ""].contains(notebook.language.lowercased()) else {
    throw CommandError("`\(path)` is a notebook of the language \(notebook.language)")
  }
  return notebook
}
