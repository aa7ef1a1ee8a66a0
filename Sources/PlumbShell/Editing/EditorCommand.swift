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
  case wordRight = "plumb-word-right"
  case lineStart = "plumb-line-start"
  case lineEnd = "plumb-line-end"
  case deleteBackward = "plumb-delete-backward"
  case deleteForward = "plumb-delete-forward"
  case deleteOrLeave = "plumb-delete-or-leave"
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
    case .wordRight: "One word to the right; at the end, take a word of the suggestion"
    case .lineStart: "To the start of the line"
    case .lineEnd: "To the end of the line; at the end, take the suggestion"
    case .deleteBackward: "Delete the character before"
    case .deleteForward: "Delete the character after"
    case .deleteOrLeave: "Delete the character after; without any text, leave the shell"
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
    case .wordRight: [SpecialKey.wordRight.binding]
    case .lineStart: [SpecialKey.home.binding]
    case .lineEnd: [SpecialKey.end.binding]
    case .deleteBackward: ["^?", "^H"]
    case .deleteForward: [SpecialKey.delete.binding]
    case .deleteOrLeave: ["^D"]
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
    case .complete, .deleteBackward: []
    default: keys
    }
  }
}
