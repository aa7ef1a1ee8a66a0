import Glibc
import PlumbColumns
import PlumbDiagnostics
package import PlumbEngine
import PlumbOutput
import PlumbSyntax

/// The interactive shell: reads entries, runs them in a session, shows what they give.
///
/// Used from one thread, the one that started it.
package final class Shell {
  package let session: Session
  let options: ShellOptions
  let signals: ShellSignals
  /// The terminal's mode; nil when there is no terminal.
  let modes: TerminalModes?
  let history: HistoryFile?
  var printer: ResultPrinter
  var pager: Pager
  /// The sources that are open, by their addresses as the user gave them.
  var sources: [String]
  /// The entries of this session, for `.save`.
  private(set) var entries: [String] = []
  /// The text that the next entry begins with.
  var nextText = ""
  /// What the next empty prompt suggests.
  var hint = ""
  /// The exit code to leave with; nil while the shell goes on.
  var exitCode: Int32?
  private var editor: LineEditor?
  /// How deeply files that `.read` runs read further ones.
  var readDepth = 0
  /// The step of the tour that comes next.
  var tourStep = 0

  /// Prepares a shell. Must be called before any other thread is started, for signals to reach it.
  package init?(_ options: ShellOptions, makeSession: () -> Session) {
    guard let signals = ShellSignals.start() else { return nil }
    self.signals = signals
    self.options = options
    session = makeSession()
    modes = TerminalModes(0)
    sources = options.sources
    history = HistoryFile(environment: options.environment)
    pager = Pager(modes: modes, signals: signals, environment: options.environment)
    printer = ResultPrinter()
    printer.usesColor = Terminal.usesColor(1, options.color)
    printer.timeZone = options.timeZone
    printer.maxRows = options.maxRows
    printer.showsAllRows = options.showsAllRows
    printer.showsTime = options.showsTime
    if let format = options.format { printer.format = format }
    let modes = modes
    signals.setRestore {
      modes?.restore()
      options.cleanUp()
    }
  }

  /// Reads and runs entries until the user leaves, and gives the exit code.
  package func run() -> Int32 {
    defer { modes?.restore() }
    if !options.isQuiet { greet() }
    if options.readsStartFile { readStartFile() }
    startEditor()
    while exitCode == nil {
      switch read() {
      case .entry(let text): take(text)
      case .interrupted: continue
      case .endOfInput: exitCode = 0
      case .hangup: exitCode = 128 + (signals.ending ?? SIGHUP)
      }
      if let ending = signals.ending { exitCode = 128 + ending }
    }
    return exitCode ?? 0
  }

  // MARK: Reading

  private func startEditor() {
    let isDumb = options.environment["TERM"].map { $0 == "dumb" || $0.isEmpty } ?? true
    guard let modes, Terminal.isTerminal(1), !isDumb else { return }
    let editor = LineEditor(
      signals: signals, modes: modes, history: History(history?.entries() ?? []),
      usesColor: printer.usesColor, support: editorSupport())
    if editor.start() { self.editor = editor }
  }

  private func read() -> LineEditor.Outcome {
    let text = nextText
    nextText = ""
    if let editor {
      let hint = hint
      // An entry that has been made ready comes first.
      if text.isEmpty { self.hint = "" }
      return editor.read(
        prompt: Self.prompt, initialText: text, hint: text.isEmpty ? hint : "")
    }
    return PlainReader(signals).read { Shell.isWhole($0) }
  }

  /// What Up goes back through: the entries of earlier sessions, then those of this one.
  var pastEntries: [String] { editor?.history.entries ?? entries }

  func setEditorColor(_ usesColor: Bool) { editor?.usesColor = usesColor }

  private static let prompt = StyledText("plumb> ", .prompt)

  private func editorSupport() -> LineEditor.Support {
    LineEditor.Support(
      isComplete: { Shell.isWhole($0) },
      looks: { Looks.of($0, cursor: $1, mistakes: $2) },
      mistakes: { [session] text in
        Entry(text).isForShell ? [] : session.mistakes(in: text)
      },
      cancelMistakes: { [session] in session.cancelMistakes() },
      complete: { [unowned self] text, offset in complete(text, offset) },
      help: { [unowned self] text, offset in help(at: offset, in: text) },
      editExternally: { [unowned self] text in editExternally(text) })
  }

  /// Whether Enter runs a text: it is a command of the shell, or a whole program.
  static func isWhole(_ text: String) -> Bool {
    if Entry(text).isForShell { return true }
    return completeness(of: text) != .needsMore
  }

  // MARK: Running

  /// Does what an entry says, and keeps it in the history.
  func take(_ text: String) {
    let entry = Entry(text)
    if case .nothing = entry { return }
    remember(text)
    signals.busy {
      TerminalOutput.write(mark(.output))
      perform(entry)
      TerminalOutput.write(mark(.done))
    }
  }

  private func mark(_ mark: TerminalOutput.Mark) -> String {
    editor == nil ? "" : mark.rawValue
  }

  /// Does what an entry says.
  func perform(_ entry: Entry) {
    switch entry {
    case .nothing: break
    case .command(let name, let arguments): runCommand(name, arguments)
    case .help(let subject): say(helpText(on: subject))
    case .foreign(let name): reportForeign(name)
    case .program(let text):
      runProgram(SourceFile(name: "<prompt>", text: text), tellsRows: true)
    }
  }

  private func remember(_ text: String) {
    let kept = redactingSecrets(text)
    entries.append(kept)
    // As in other shells, what begins with a space is not to be kept.
    guard !text.hasPrefix(" ") else { return }
    editor?.history.append(kept)
    history?.append(kept)
  }

  /// Checks and runs a program; gives whether it went well. `opening` is written before anything
  /// that it shows; `tellsRows` also tells the rows of tables that are not shown but named.
  @discardableResult
  func runProgram(_ file: SourceFile, opening: String = "", tellsRows: Bool = false) -> Bool {
    let session = session
    let renderer = DiagnosticRenderer(
      usesColor: printer.usesColor, columns: Terminal.size(2)?.columns)
    // The time before the entry is no time of the entry's.
    options.progress?.end()
    let start = ContinuousClock.now
    var output: EntryOutput?
    var outcome = signals.interruptible(cancel: { session.cancel() }) { () -> RunOutcome in
      let (program, diagnostics) = session.check(file, continuesLastResult: true)
      options.progress?.end()
      if diagnostics.all.contains(where: { $0.code == .interrupted }) { return .interrupted }
      ErrorOutput.write(renderer.render(diagnostics))
      guard let program else { return .rejected }
      let taker = EntryOutput(
        printer, renderer, options.progress, statementCount: program.program.statements.count,
        opening: opening, tellsRows: tellsRows || printer.showsTime)
      output = taker
      defer { options.progress?.end() }
      return session.run(program) { taker.take($0) }
    }
    if let (result, seconds) = output?.takePending(), !show(result, seconds: seconds) {
      outcome = .interrupted
    }
    if outcome == .interrupted {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      ErrorOutput.write(printer.faint("cancelled after \(elapsedText(seconds))") + "\n")
    }
    return outcome == .finished
  }

  /// Shows a result, in the pager if it does not fit; false when Ctrl-C has stopped it.
  @discardableResult
  func show(_ result: ShownResult, seconds: Double?, isWhole: Bool = false) -> Bool {
    let control = RunControl()
    let failure = signals.interruptible(cancel: { control.cancel() }) { () -> OutputError? in
      do throws(OutputError) {
        // A box that is fitted to the window is not for a pager, even where a tiny one cuts it.
        let isFitted = printer.isFitted(result) && !isWhole
        let pager = isFitted ? Pager.none(like: self.pager) : self.pager
        try pager.show(isWide: isWhole) { (sink) throws(OutputError) in
          try printer.render(
            result, seconds: seconds, isWhole: isWhole, control: control, to: sink)
        }
        return nil
      } catch {
        return error
      }
    }
    return failure?.kind != .interrupted
  }

  /// Help fitted to the window.
  func helpText(on subject: String?) -> String {
    let columns = Terminal.size(1)?.columns ?? 80
    return shown(session.helpText(on: subject, width: min(columns, 100)))
  }

  /// Reports that something could not be done.
  func report(_ failure: ShellFailure) {
    var text = "plumb: \(failure.message)\n"
    if let remedy = failure.remedy { text += "  \(remedy)\n" }
    ErrorOutput.write(shown(text.hasSuffix("\n") ? String(text.dropLast()) : text) + "\n")
  }
}
