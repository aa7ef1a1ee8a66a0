import CEditline
import CEditlineShim
import Glibc
import PlumbOutput

/// What the editor's commands do.
extension LineEditor {
  /// The function that libedit calls for a command.
  static func action(_ command: EditorCommand) -> shim_command {
    switch command {
    case .enter: { editor, _ in carryOut(.enter, editor) }
    case .newLine: { editor, _ in carryOut(.newLine, editor) }
    case .complete: { editor, _ in carryOut(.complete, editor) }
    case .up: { editor, _ in carryOut(.up, editor) }
    case .down: { editor, _ in carryOut(.down, editor) }
    case .search: { editor, _ in carryOut(.search, editor) }
    case .left: { editor, _ in carryOut(.left, editor) }
    case .right: { editor, _ in carryOut(.right, editor) }
    case .wordLeft: { editor, _ in carryOut(.wordLeft, editor) }
    case .wordRight: { editor, _ in carryOut(.wordRight, editor) }
    case .lineStart: { editor, _ in carryOut(.lineStart, editor) }
    case .lineEnd: { editor, _ in carryOut(.lineEnd, editor) }
    case .deleteBackward: { editor, _ in carryOut(.deleteBackward, editor) }
    case .deleteForward: { editor, _ in carryOut(.deleteForward, editor) }
    case .deleteOrLeave: { editor, _ in carryOut(.deleteOrLeave, editor) }
    case .killToLineEnd: { editor, _ in carryOut(.killToLineEnd, editor) }
    case .killToLineStart: { editor, _ in carryOut(.killToLineStart, editor) }
    case .moveToKill: { editor, _ in carryOut(.moveToKill, editor) }
    case .undo: { editor, _ in carryOut(.undo, editor) }
    case .redo: { editor, _ in carryOut(.redo, editor) }
    case .interrupt: { editor, _ in carryOut(.interrupt, editor) }
    case .suspend: { editor, _ in carryOut(.suspend, editor) }
    case .clearScreen: { editor, _ in carryOut(.clearScreen, editor) }
    case .editInEditor: { editor, _ in carryOut(.editInEditor, editor) }
    case .help: { editor, _ in carryOut(.help, editor) }
    }
  }

  /// Ends the reading of an entry.
  private static let ends = UInt8(CC_EOF)
  private static let goesOn = UInt8(CC_REFRESH)

  /// Does what a command says, and gives libedit's code for what comes next.
  fileprivate func perform(_ command: EditorCommand) -> UInt8 {
    guard let model else { return Self.ends }
    let (text, cursor) = model.content
    if command != .up, command != .down { recall = nil }
    switch command {
    case .enter:
      guard support.isComplete(text) else {
        model.move(by: text.unicodeScalars.count - cursor)
        model.insert("\n")
        return Self.goesOn
      }
      finish()
      outcome = .entry(text)
      return Self.ends
    case .newLine: model.insert("\n")
    case .complete: complete(text, cursor)
    case .up: up(text, cursor)
    case .down: down(text, cursor)
    case .search: search = HistorySearch(original: text)
    case .left: model.move(by: -EntryText(text).characterBefore(cursor))
    case .right:
      if cursor == text.unicodeScalars.count { model.insert(suggestion(for: text)) }
      model.move(by: EntryText(text).characterAfter(cursor))
    case .wordLeft: model.move(by: -EntryText(text).wordBefore(cursor))
    case .wordRight:
      if cursor == text.unicodeScalars.count {
        model.insert(EntryText.firstWord(suggestion(for: text)))
      }
      model.move(by: EntryText(text).wordAfter(cursor))
    case .lineStart: model.move(by: EntryText(text).lineStart(cursor) - cursor)
    case .lineEnd:
      if cursor == text.unicodeScalars.count { model.insert(suggestion(for: text)) }
      model.move(by: EntryText(text).lineEnd(cursor) - cursor)
    case .deleteBackward: model.deleteBackward(EntryText(text).characterBefore(cursor))
    case .deleteForward, .deleteOrLeave:
      if command == .deleteOrLeave, text.isEmpty {
        finish()
        outcome = .endOfInput
        return Self.ends
      }
      let count = EntryText(text).characterAfter(cursor)
      model.move(by: count)
      model.deleteBackward(count)
    case .killToLineEnd:
      let end = EntryText(text).lineEnd(cursor)
      cut(to: end == cursor ? min(end + 1, text.unicodeScalars.count) : end)
    case .killToLineStart: cut(to: EntryText(text).lineStart(cursor))
    case .moveToKill: model.move(by: killTarget - cursor)
    case .undo: if let state = undo.undo() { restore(state) }
    case .redo: if let state = undo.redo() { restore(state) }
    case .interrupt:
      finish("^C")
      outcome = .interrupted
      return Self.ends
    case .suspend: suspend()
    case .clearScreen:
      painter.forget()
      TerminalOutput.write("\u{1B}[H\u{1B}[2J")
    case .editInEditor:
      TerminalOutput.write(painter.erase())
      if let edited = support.editExternally(text) { model.replaceAll(with: edited) }
      resume()
    case .help: showHelp(text, cursor)
    }
    return Self.goesOn
  }

  /// Cuts the text between the cursor and a place.
  private func cut(to place: Int) {
    killTarget = place
    queue = [EditLineModel.markCode, EditLineModel.moveCode, EditLineModel.regionCode] + queue
  }

  private func restore(_ state: EntryUndo.State) {
    model?.replaceAll(with: state.text)
    model?.move(by: state.cursor - state.text.unicodeScalars.count)
  }

  private func suspend() {
    var view = view(isFinal: true)
    view.cursor = view.text.unicodeScalars.count
    TerminalOutput.write(painter.finish(Frame(view, top: top)))
    modes.restore()
    // As the terminal does it for programs that do not handle keys themselves.
    kill(0, SIGTSTP)
    resume()
  }

  private func showHelp(_ text: String, _ cursor: Int) {
    let offset = EntryText(text).utf8Offset(cursor)
    guard let page = support.help(text, offset) else { return }
    TerminalOutput.write(painter.erase() + shown(page) + "\n")
  }
}

private func carryOut(_ command: EditorCommand, _ editor: OpaquePointer?) -> UInt8 {
  EditLineModel.client(editor, LineEditor.self)?.perform(command) ?? UInt8(CC_EOF)
}
