/// What the shell's editor does beside libedit's own commands: each has a name for `bind` of
/// editrc(5), and keys that it is bound to unless editrc says otherwise.
enum EditorCommand: String, CaseIterable, Sendable {
  case enter = "plumb-enter"
  case newLine = "plumb-newline"
  case complete = "plumb-complete"
  case up = "plumb-up"
  case down = "plumb-down"
  case search = "plumb-search"
  case left = "plumb-left"
  case right = "plumb-right"
  case wordLeft = "plumb-word-left"
  case wordRight = "plumb-word-right"
  case lineStart = "plumb-line-start"
  case lineEnd = "plumb-line-end"
  case deleteBackward = "plumb-delete-backward"
  case deleteForward = "plumb-delete-forward"
  case deleteOrLeave = "plumb-delete-or-leave"
  case killToLineEnd = "plumb-kill-to-line-end"
  case killToLineStart = "plumb-kill-to-line-start"
  case moveToKill = "plumb-move-to-kill"
  case undo = "plumb-undo"
  case redo = "plumb-redo"
  case interrupt = "plumb-interrupt"
  case suspend = "plumb-suspend"
  case clearScreen = "plumb-clear-screen"
  case editInEditor = "plumb-edit"
  case help = "plumb-help"

  /// What it does, in one line.
  var summary: String {
    switch self {
    case .enter: "Run the entry, or continue it on a new line when it is not complete"
    case .newLine: "Break the line"
    case .complete: "Complete the word, or show what it may become"
    case .up: "To the line above, or to the entry before"
    case .down: "To the line below, or to the entry after"
    case .search: "Search the history"
    case .left: "One character to the left"
    case .right: "One character to the right; at the end, take the suggestion"
    case .wordLeft: "One word to the left"
    case .wordRight: "One word to the right; at the end, take a word of the suggestion"
    case .lineStart: "To the start of the line"
    case .lineEnd: "To the end of the line; at the end, take the suggestion"
    case .deleteBackward: "Delete the character before"
    case .deleteForward: "Delete the character after"
    case .deleteOrLeave: "Delete the character after; without any text, leave the shell"
    case .killToLineEnd: "Cut to the end of the line; at the end, the line break"
    case .killToLineStart: "Cut to the start of the line"
    case .moveToKill: "Within the two above: go to where they cut to"
    case .undo: "Take the last edit back"
    case .redo: "Make the edit again that was taken back last"
    case .interrupt: "Give the entry up"
    case .suspend: "Stop the shell; `fg` goes on"
    case .clearScreen: "Clear the screen"
    case .editInEditor: "Edit the entry in $VISUAL or $EDITOR"
    case .help: "Explain the word at the cursor"
    }
  }

  /// The keys in emacs and in vi's insert mode, as editrc writes them.
  var keys: [String] {
    switch self {
    case .enter: ["^M", "^J"]
    case .newLine: [SpecialKey.altEnter.binding]
    case .complete: ["^I"]
    case .up: [SpecialKey.up.binding]
    case .down: [SpecialKey.down.binding]
    case .search: ["^R"]
    case .left: [SpecialKey.left.binding]
    case .right: [SpecialKey.right.binding]
    case .wordLeft: [SpecialKey.wordLeft.binding]
    case .wordRight: [SpecialKey.wordRight.binding]
    case .lineStart: [SpecialKey.home.binding]
    case .lineEnd: [SpecialKey.end.binding]
    case .deleteBackward: ["^?", "^H"]
    case .deleteForward: [SpecialKey.delete.binding]
    case .deleteOrLeave: ["^D"]
    case .killToLineEnd, .undo, .redo: []
    case .killToLineStart: ["^U"]
    case .moveToKill: [EditLineModel.moveCode.binding]
    case .interrupt: ["^C"]
    case .suspend: ["^Z"]
    case .clearScreen: ["^L"]
    case .editInEditor: []
    case .help: [SpecialKey.help.binding]
    }
  }

  /// Further keys in emacs mode alone.
  var emacsKeys: [String] {
    switch self {
    case .up: ["^P"]
    case .down: ["^N"]
    case .left: ["^B"]
    case .right: ["^F"]
    case .lineStart: ["^A"]
    case .lineEnd: ["^E"]
    case .wordLeft: ["^[b"]
    case .wordRight: ["^[f"]
    case .killToLineEnd: ["^K"]
    case .undo: ["^_", "^X^U"]
    case .redo: ["^[_"]
    case .editInEditor: ["^X^E"]
    default: []
    }
  }

  /// The keys in vi's command mode.
  var commandModeKeys: [String] {
    switch self {
    case .up: keys + ["k"]
    case .down: keys + ["j"]
    case .search: keys + ["/"]
    case .editInEditor: ["v"]
    case .undo: ["u"]
    case .complete, .deleteBackward: []
    default: keys
    }
  }
}
