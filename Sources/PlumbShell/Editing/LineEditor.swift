import CEditline
import CEditlineShim
import Glibc
import PlumbEngine
import PlumbOutput
import PlumbSyntax

/// Reads entries at a terminal: libedit keeps the text and knows the keys, the painter draws.
final class LineEditor {
  /// How an entry ended.
  enum Outcome: Sendable, Hashable {
    case entry(String)
    /// Ctrl-C: the entry was given up.
    case interrupted
    /// Ctrl-D without any text.
    case endOfInput
    /// A signal asks the process to end, or the terminal is gone.
    case hangup
  }

  /// What the editor asks of the shell around it.
  struct Support {
    /// Whether Enter runs a text.
    var isComplete: (String) -> Bool
    /// The looks of a text with the cursor at an offset of UTF-8, and mistakes laid over them.
    var looks: (String, Int, [Range<Int>]) -> [EntryView.Look]
    /// Finds the places of a text, in offsets of UTF-8, that are wrong by what is known of the
    /// session; called from another thread.
    var mistakes: @Sendable (String) -> [Range<Int>]
    /// Makes that end soon.
    var cancelMistakes: @Sendable () -> Void
    /// What the word before an offset of UTF-8 may become.
    var complete: (String, Int) -> Completions
    /// Help on the word at an offset of UTF-8; nil when there is none.
    var help: (String, Int) -> String?
    /// Lets the user change a text in an editor of their own; nil when that failed.
    var editExternally: (String) -> String?
  }

  private let keys: KeyReader
  let modes: TerminalModes
  let support: Support
  var usesColor: Bool
  private(set) var model: EditLineModel?
  var painter = Painter()
  var top = 0

  var history: History
  /// Where Up has gone in the history, and the text that it began with.
  var recall: (position: Int, typed: String)?
  var search: HistorySearch?
  var menu: CompletionMenu?
  var undo = EntryUndo()
  /// Where the text that is being cut ends.
  var killTarget = 0

  private let finder: MistakeFinder?
  /// The text that was looked through for mistakes last, and where they are.
  private var mistakes = MistakeFinder.Found()

  private var prompt = StyledText()
  private var initialText = ""
  /// What is suggested while nothing is typed.
  private var hint = ""
  var outcome = Outcome.hangup
  /// Characters that libedit has still to be given.
  var queue: [Unicode.Scalar] = []
  private var isReadySaid = false
  private var size = (columns: 80, rows: 24)

  private static let continuation = StyledText("     …> ", .continuation)

  /// After so many milliseconds without a key the entry is looked through for mistakes.
  private static let pause: Int32 = 250

  init(
    signals: ShellSignals, modes: TerminalModes, history: History, usesColor: Bool,
    support: Support
  ) {
    finder = MistakeFinder(find: support.mistakes, cancel: support.cancelMistakes)
    keys = KeyReader(0, signals, other: finder?.descriptor)
    self.modes = modes
    self.history = history
    self.usesColor = usesColor
    self.support = support
  }

  /// Starts libedit; false when it cannot be used, or editrc has switched editing off.
  func start() -> Bool {
    guard let model = EditLineModel(input: 0, output: 1, client: self) else { return false }
    model.bindCommands(reader: readCharacter, action: Self.action)
    guard model.isEditing else { return false }
    self.model = model
    return true
  }

  /// Reads an entry that begins as `initialText`; while nothing is typed `hint` is suggested.
  func read(prompt: StyledText, initialText: String = "", hint: String = "") -> Outcome {
    guard let model else { return .hangup }
    self.prompt = prompt
    self.initialText = initialText
    self.hint = hint
    outcome = .hangup
    recall = nil
    search = nil
    menu = nil
    undo = EntryUndo()
    top = 0
    isReadySaid = false
    painter.forget()
    size = Terminal.size(1) ?? (80, 24)
    TerminalOutput.write(TerminalOutput.beginsPasteMarks + TerminalOutput.Mark.prompt.rawValue)
    model.run()
    // The session is not looked at while an entry runs.
    finder?.stop()
    TerminalOutput.write(TerminalOutput.endsPasteMarks)
    return outcome
  }

  // MARK: Keys

  /// The next character for libedit; nil ends the entry.
  fileprivate func nextCharacter() -> Unicode.Scalar? {
    guard let model else { return nil }
    if !initialText.isEmpty {
      model.insert(initialText)
      initialText = ""
    }
    while true {
      if !queue.isEmpty { return queue.removeFirst() }
      let (text, cursor) = model.content
      undo.note(EntryUndo.State(text: text, cursor: cursor))
      if !keys.isReady { paint() }
      if !isReadySaid {
        paint()
        isReadySaid = true
        TerminalOutput.write(TerminalOutput.Mark.input.rawValue)
      }
      let isKnown = mistakes.text == text || finder.map(\.isBusy) ?? true
      switch keys.next(milliseconds: isKnown ? -1 : Self.pause) {
      case .end: return nil
      case .idle: finder?.look(at: text)
      case .other: if let found = finder?.take() { mistakes = found }
      case .signal(let signal): if !handle(signal) { return nil }
      case .key(let key): handle(key)
      }
    }
  }

  /// Handles a signal; false when it ends the process.
  private func handle(_ signal: Int32) -> Bool {
    switch signal {
    case SIGWINCH: resize()
    case SIGCONT: resume()
    case SIGINT: queue.append("\u{3}")
    default: return false
    }
    return true
  }

  private func handle(_ key: Key) {
    if let search {
      if take(key, in: search) { return }
    } else if let menu {
      if take(key, in: menu) { return }
    }
    switch key {
    case .character(let scalar): queue.append(scalar)
    case .alt(let scalar): queue += ["\u{1B}", scalar]
    case .special(let special): queue.append(special.scalar)
    case .paste(let text):
      recall = nil
      model?.insert(withoutPrompts(text))
    }
  }

  /// Pasted text without the prompts of a session that it was copied from.
  private func withoutPrompts(_ text: String) -> String {
    let prompts = [prompt, Self.continuation].map { $0.parts.map(\.text).joined() }
    guard text.hasPrefix(prompts[0]) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      prompts.first(where: line.hasPrefix).map { String(line.dropFirst($0.count)) } ?? String(line)
    }.joined(separator: "\n")
  }

  private func resize() {
    TerminalOutput.write(painter.erase(columns: (Terminal.size(1) ?? (80, 24)).columns))
    size = Terminal.size(1) ?? (80, 24)
    model?.resize()
  }

  /// Takes the terminal back after another program had it.
  func resume() {
    model?.prepareTerminal(false)
    model?.prepareTerminal(true)
    painter.forget()
    size = Terminal.size(1) ?? (80, 24)
    TerminalOutput.write("\r\u{1B}[J" + TerminalOutput.beginsPasteMarks)
  }

  // MARK: The screen

  func view(isFinal: Bool = false) -> EntryView {
    let (text, cursor) = model?.content ?? ("", 0)
    var view = EntryView()
    view.text = text
    view.cursor = cursor
    view.prompt = prompt
    view.continuation = Self.continuation
    view.columns = size.columns
    view.rows = size.rows
    view.usesColor = usesColor
    let offset = text.unicodeScalars.prefix(cursor).reduce(0) { $0 + UTF8.width($1) }
    if usesColor {
      view.looks = support.looks(
        text, isFinal ? text.utf8.count + 1 : offset,
        mistakes.text == text ? mistakes.places : [])
    }
    guard !isFinal else { return view }
    if let search {
      view.below = [search.status]
    } else if let menu {
      view.below = menu.lines(rows: min(10, max(1, size.rows - 3)), columns: size.columns)
    } else if cursor == text.unicodeScalars.count {
      view.suggestion = suggestion(for: text)
    }
    return view
  }

  func suggestion(for text: String) -> String {
    if text.isEmpty { return hint }
    guard recall == nil, let entry = history.suggestion(for: text) else { return "" }
    return String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
  }

  private func paint() {
    let frame = Frame(view(), top: top)
    top = frame.top
    TerminalOutput.write(painter.paint(frame))
  }

  /// Leaves the entry on the screen as it is and goes to the next line.
  func finish(_ mark: String = "") {
    var view = view(isFinal: true)
    view.cursor = view.text.unicodeScalars.count
    if !mark.isEmpty {
      view.suggestion = mark
    }
    TerminalOutput.write(painter.finish(Frame(view, top: top)))
  }
}

private let readCharacter: shim_reader = { editor, character in
  let client = EditLineModel.client(editor, LineEditor.self)
  guard let scalar = client?.nextCharacter() else { return 0 }
  character?.pointee = Int32(bitPattern: scalar.value)
  return 1
}
