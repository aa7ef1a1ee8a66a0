import Foundation
import Testing

/// Notebooks without Jupyter: run, converted, installed for.
struct NotebookTests {
  private static let notebook = """
    {"cells": [
      {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# A title\\n", "\\n", "and text"]},
      {"cell_type": "code", "id": "b", "metadata": {"tags": ["parameters"]}, "execution_count": 7,
       "outputs": [], "source": "param n: int = 2"},
      {"cell_type": "code", "id": "c", "metadata": {"mine": 1}, "execution_count": null,
       "outputs": [], "source": ["let t = table([{x: 1}, {x: 2}, {x: 3}])\\n", "t | take n"]},
      {"cell_type": "code", "id": "d", "metadata": {}, "outputs": [], "execution_count": null,
       "source": "?top"}
     ],
     "metadata": {"kernelspec": {"display_name": "Plumb", "language": "plumb", "name": "plumb"},
                  "kept": true},
     "nbformat": 4, "nbformat_minor": 5}
    """

  private func folder() throws -> Scratch {
    let folder = try Scratch()
    try folder.file("n.ipynb", Self.notebook)
    return folder
  }

  @Test func runsAsAProgram() throws {
    let folder = try folder()
    expectOutput(
      try Program.run("run", "n.ipynb", "-f", "csv", folder: folder.path), "x\n1\n2\n")
    expectOutput(
      try Program.run("run", "n.ipynb", "-f", "csv", "--n", "1", folder: folder.path), "x\n1\n")
  }

  @Test func putsOutputsIntoANotebook() throws {
    let folder = try folder()
    expectOutput(
      try Program.run("run", "n.ipynb", "-o", "out.ipynb", "--n", "1", folder: folder.path), "")
    let object = try JSONSerialization.jsonObject(with: Data(folder.bytes("out.ipynb") ?? []))
    let file = try #require(object as? [String: Any])
    let cells = try #require(file["cells"] as? [[String: Any]])
    #expect((file["metadata"] as? [String: Any])?["kept"] as? Bool == true)
    #expect(cells.map { $0["id"] as? String } == ["a", "b", "c", "d"])
    #expect((cells[2]["metadata"] as? [String: Any])?["mine"] as? Int == 1)
    #expect(cells[2]["execution_count"] as? Int == 2)
    let outputs = try #require(cells[2]["outputs"] as? [[String: Any]])
    #expect(outputs.map { $0["output_type"] as? String } == ["execute_result"])
    let data = try #require(outputs[0]["data"] as? [String: Any])
    #expect((data["text/plain"] as? [String])?.last == "1 row")
    #expect(data["text/html"] != nil)
  }

  @Test func aFailingCellFailsTheRun() throws {
    let folder = try Scratch()
    try folder.file(
      "n.ipynb",
      Self.notebook.replacing("param n: int = 2", with: "1 // 0").replacing(
        "t | take n", with: "t"))
    let ended = try Program.run("run", "n.ipynb", "-o", "out.ipynb", folder: folder.path)
    #expect(ended.exitCode == 3 && ended.stderr.contains("<cell 1>:1:1"))
    #expect(folder.text("out.ipynb")?.contains("E0402") == true)
    #expect(try Program.run("run", "n.ipynb", folder: folder.path).exitCode == 3)
  }

  @Test func convertsThereAndBack() throws {
    let folder = try folder()
    expectOutput(try Program.run("convert", "n.ipynb", "s.plumb", folder: folder.path), "")
    #expect(
      folder.text("s.plumb") == """
        # %% [markdown]
        # # A title
        #
        # and text

        # %%
        param n: int = 2

        # %%
        let t = table([{x: 1}, {x: 2}, {x: 3}])
        t | take n

        # %%
        # ?top

        """)
    expectOutput(
      try Program.run("run", "s.plumb", "-f", "csv", folder: folder.path), "x\n1\n2\n")
    expectOutput(try Program.run("convert", "s.plumb", "again.ipynb", folder: folder.path), "")
    expectOutput(try Program.run("convert", "again.ipynb", "t.plumb", folder: folder.path), "")
    #expect(folder.text("t.plumb") == folder.text("s.plumb"))
  }

  /// Only a name with a question mark asks for help; code may end in a comment that does.
  @Test func codeThatEndsInAQuestionRuns() throws {
    let folder = try Scratch()
    try folder.file(
      "n.ipynb",
      #"""
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
      {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "one\r\ntwo ?"},
      {"cell_type": "code", "id": "b", "metadata": {}, "source": "40 + 2 # ok?",
       "outputs": [], "execution_count": null},
      {"cell_type": "code", "id": "c", "metadata": {}, "source": "count?",
       "outputs": [], "execution_count": null}]}
      """#)
    expectOutput(try Program.run("run", "n.ipynb", folder: folder.path), "42\n")
    expectOutput(try Program.run("convert", "n.ipynb", "s.plumb", folder: folder.path), "")
    #expect(
      folder.text("s.plumb")
        == "# %% [markdown]\n# one\n# two ?\n\n# %%\n40 + 2 # ok?\n\n# %%\n# count?\n")
  }

  /// A script without marks is cut at empty lines, but not inside of a block.
  @Test func convertsAnOrdinaryScript() throws {
    let folder = try Scratch()
    try folder.file(
      "s.plumb", "#!/usr/bin/env plumb\n# About it.\n\nlet x = 1\n\nif x > 0 {\n\n  print(x)\n}\n")
    expectOutput(try Program.run("convert", "s.plumb", "n.ipynb", folder: folder.path), "")
    expectOutput(try Program.run("convert", "n.ipynb", "t.plumb", folder: folder.path), "")
    #expect(
      folder.text("t.plumb")
        == "# %% [markdown]\n# About it.\n\n# %%\nlet x = 1\n\n# %%\nif x > 0 {\n\n  print(x)\n}\n")
  }

  @Test(arguments: [
    "", "{", "[]", #"{"nbformat": 3, "cells": []}"#, #"{"nbformat": 4, "cells": [1]}"#,
    #"{"nbformat": 4, "cells": [{"cell_type": "code"}]}"#,
    #"{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}"#,
  ])
  func refusesWhatIsNoNotebook(_ text: String) throws {
    let folder = try Scratch()
    try folder.file("n.ipynb", text)
    expectError(try Program.run("run", "n.ipynb", folder: folder.path), 2, "notebook")
  }

  /// Every notebook of the repository runs to its end.
  @Test func theTutorialsRun() throws {
    let examples = Scratch.package.appendingPathComponent("stdlib/examples")
    let notebooks = try FileManager.default.contentsOfDirectory(
      at: examples, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "ipynb" }
    #expect(!notebooks.isEmpty)
    let folder = try Scratch()
    for notebook in notebooks {
      let ended = try Program.run(
        "run", notebook.path, "-o", folder / "out.ipynb", folder: examples.path)
      #expect(ended.exitCode == 0 && ended.stderr == "", "\(notebook.lastPathComponent)")
    }
  }

  @Test func installsTheKernel() throws {
    let folder = try Scratch()
    let ended = try Program.run("kernel", "install", "--prefix", "a b", folder: folder.path)
    #expect(ended.exitCode == 0 && ended.stdout.contains("a b/share/jupyter/kernels/plumb"))
    let text = try #require(folder.text("a b/share/jupyter/kernels/plumb/kernel.json"))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let specification = try #require(object as? [String: Any])
    let call = try #require(specification["argv"] as? [String])
    #expect(call.dropFirst() == ["kernel", "run", "-f", "{connection_file}"])
    #expect(call[0].hasPrefix("/") && FileManager.default.isExecutableFile(atPath: call[0]))
    #expect(specification["interrupt_mode"] as? String == "message")
    #expect(
      try Program.run("kernel", "status", "--prefix", "a b", folder: folder.path).stdout
        == "installed in a b/share/jupyter/kernels/plumb\n")
    #expect(
      try Program.run("kernel", "uninstall", "--prefix", "a b", folder: folder.path).exitCode == 0)
    expectError(
      try Program.run("kernel", "uninstall", "--prefix", "a b", folder: folder.path), 3,
      "no kernel `plumb`")
    expectError(
      try Program.run("kernel", "install", "--name", "a/b", "--prefix", "p", folder: folder.path),
      3, "no name for a kernel")
  }

  @Test func theKernelNeedsAConnectionFile() throws {
    let folder = try Scratch()
    expectError(try Program.run("kernel", "run"), 2, "connection file")
    try folder.file("c.json", "{}")
    expectError(
      try Program.run("kernel", "run", "-f", "c.json", folder: folder.path), 3, "shell_port")
    expectError(try Program.run("kernel"), 2, "what to do")
  }

  /// Options of `kernel` and `highlight` are none elsewhere: a script may have parameters so named.
  @Test func optionsOfSubcommandsAreTheirs() throws {
    let folder = try Scratch()
    try folder.file("s.plumb", "param user: string\nprint(user)\n")
    expectOutput(
      try Program.run("run", "s.plumb", "--user", "maria", folder: folder.path), "maria\n")
  }

  @Test func highlights() throws {
    let folder = try Scratch()
    try folder.file("s.plumb", "t | where a < \"<b>\" # why\n")
    let html = try Program.run("highlight", "s.plumb", "--format", "html", folder: folder.path)
    #expect(html.stdout.contains("<span class=\"stage\">where</span>"))
    #expect(html.stdout.contains("<span class=\"string\">\"&lt;b&gt;\"</span>"))
    let ansi = try Program.run("highlight", "s.plumb", folder: folder.path)
    #expect(ansi.stdout.contains("\u{1B}[1;34mwhere\u{1B}[0m"))
    expectError(
      try Program.run("highlight", "s.plumb", "-f", "csv", folder: folder.path), 2, "ansi")
  }

  /// The grammar for editors and the lexer for pages know every stage.
  @Test func grammarsKnowTheStages() throws {
    for path in ["editors/plumb.tmLanguage.json", "jupyter/plumb_jupyter/lexer.py"] {
      let file = Scratch.package.appendingPathComponent("scripts/" + path)
      let text = try String(contentsOf: file, encoding: .utf8)
      let page = try String(
        contentsOf: Scratch.package.appendingPathComponent(
          "Sources/PlumbEngine/PlumbEngine.docc/Reference/Stages.md"), encoding: .utf8)
      let stages = page.matches(of: /(?m)^### ([a-z]+)$/).map { String($0.output.1) }
      #expect(stages.count >= 25)
      for stage in stages { #expect(text.contains(stage), "\(path): \(stage)") }
    }
  }
}
