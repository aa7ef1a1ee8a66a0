import CEditline
import CEditlineShim
import Glibc

/// libedit as the model of an entry: its text, its cursor, and the meaning of keys. It draws
/// nothing.
///
/// The entry may hold newlines. All offsets are in Unicode scalars.
final class EditLineModel {
  private let editor: OpaquePointer

  /// Starts libedit on a terminal; nil when it cannot.
  init?(input: Int32, output: Int32, client: AnyObject) {
    shim_set_locale()
    guard let editor = shim_start("plumb", input, output) else { return nil }
    self.editor = editor
    shim_set_client(editor, Unmanaged.passUnretained(client).toOpaque())
    shim_set_editor(editor, "emacs")
    // While an entry is edited, Ctrl-C and Ctrl-Z are keys like others: a signal would make the
    // kernel throw away what was typed ahead.
    shim_set_terminal(editor, "-d", "-isig")
    // Nor may Ctrl-S stop the screen: it searches the history forwards.
    shim_set_terminal(editor, "-d", "-ixon")
    // Between entries keys are kept for the next one, and not shown among results.
    for setting in ["-icanon", "-echo", "+noflsh"] { shim_set_terminal(editor, "-x", setting) }
  }

  deinit { shim_end(editor) }

  /// The object that the editor was started for, in a callback.
  static func client<Client: AnyObject>(_ editor: OpaquePointer?, _ type: Client.Type) -> Client? {
    guard let pointer = editor.flatMap({ shim_client($0) }) else { return nil }
    return Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue() as? Client
  }

  /// Adds the shell's commands and their keys, then the user's editrc.
  ///
  /// `action` gives the function of each command.
  func bindCommands(
    reader: shim_reader, action: (EditorCommand) -> shim_command
  ) {
    for command in EditorCommand.allCases {
      shim_add_command(editor, command.rawValue, command.summary, action(command))
    }
    bindKeys(isVi: false)
    el_source(editor, nil)
    if shim_is_vi(editor) {
      // Switching to vi's bindings has replaced all others, those of editrc's earlier lines too.
      bindKeys(isVi: true)
      for line in Self.editrcLines where !Self.choosesBindings(line) { apply(line) }
    }
    shim_set_reader(editor, reader)
  }

  private static var editrcLines: [String] {
    let path =
      getenv("EDITRC").map { String(cString: $0) }
      ?? getenv("HOME").map { String(cString: $0) + "/.editrc" }
    guard let path, let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    while getline(&line, &capacity, file) > 0, let text = line.map({ String(cString: $0) }) {
      lines.append(text)
    }
    free(line)
    return lines
  }

  private static func choosesBindings(_ line: String) -> Bool {
    let words = line.split { $0.isWhitespace }
    return words.contains("-v") || words.contains("-e")
  }

  /// Does what a line of editrc says.
  private func apply(_ line: String) {
    guard let tokenizer = tok_init(nil) else { return }
    defer { tok_end(tokenizer) }
    var count: Int32 = 0
    var words: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    guard tok_str(tokenizer, line, &count, &words) == 0, count > 0, let words else { return }
    el_parse(editor, count, words)
  }

  private func bindKeys(isVi: Bool) {
    for command in EditorCommand.allCases {
      for key in command.keys + (isVi ? [] : command.emacsKeys) {
        shim_bind(editor, key, command.rawValue, false)
      }
      guard isVi else { continue }
      for key in command.commandModeKeys { shim_bind(editor, key, command.rawValue, true) }
    }
    shim_bind(editor, Self.markCode.binding, "em-set-mark", false)
    shim_bind(editor, Self.regionCode.binding, "em-kill-region", false)
    if !isVi { shim_bind(editor, "^W", "ed-delete-prev-word", false) }
  }

  /// Private codes, as those of ``SpecialKey``, for the steps of cutting text: only a command of
  /// libedit's reaches what it pastes.
  static let markCode = Unicode.Scalar(0x90 as UInt8)
  static let moveCode = Unicode.Scalar(0x91 as UInt8)
  static let regionCode = Unicode.Scalar(0x92 as UInt8)

  /// Whether editrc has left editing switched on.
  var isEditing: Bool { shim_is_editing(editor) }

  /// Runs the editor until a command ends the entry.
  func run() {
    var count: Int32 = 0
    _ = el_wgets(editor, &count)
  }

  /// Puts the terminal into the mode for editing, or out of it.
  func prepareTerminal(_ isEditing: Bool) { shim_prepare_terminal(editor, isEditing) }

  /// Tells libedit of a new size of the window.
  func resize() { el_resize(editor) }

  // MARK: Text

  /// The text and the cursor.
  var content: (text: String, cursor: Int) {
    guard let line = el_wline(editor)?.pointee, let buffer = line.buffer, let end = line.lastchar,
      let cursor = line.cursor
    else { return ("", 0) }
    var scalars = String.UnicodeScalarView()
    for character in UnsafeBufferPointer(start: buffer, count: end - buffer) {
      scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    return (String(scalars), cursor - buffer)
  }

  /// Inserts text at the cursor, which goes behind it.
  func insert(_ text: String) {
    guard !text.isEmpty else { return }
    var wide = text.unicodeScalars.map { Int32(bitPattern: $0.value) }
    wide.append(0)
    el_winsertstr(editor, wide)
  }

  /// Deletes characters before the cursor.
  func deleteBackward(_ count: Int) {
    if count > 0 { el_deletestr(editor, Int32(clamping: count)) }
  }

  /// Moves the cursor.
  func move(by count: Int) { if count != 0 { el_cursor(editor, Int32(clamping: count)) } }

  /// Replaces a part of the text; the cursor goes behind the new one.
  func replace(_ range: Range<Int>, with text: String) {
    move(by: range.upperBound - content.cursor)
    deleteBackward(range.count)
    insert(text)
  }

  /// Replaces all of the text; the cursor goes to its end.
  func replaceAll(with text: String) {
    replace(0..<content.text.unicodeScalars.count, with: text)
  }
}
