/// The texts that an entry has had, for taking edits back.
struct EntryUndo: Sendable {
  /// A text and the cursor in it, in Unicode scalars.
  struct State: Sendable, Hashable {
    var text = ""
    var cursor = 0
  }

  private var present = State()
  private var undone: [State] = []
  private var past: [State] = []
  /// Whether the last edit typed a letter of a word, which the next one goes on with.
  private var isInWord = false
  /// Older texts are forgotten.
  private static let limit = 1000

  /// Takes note of how the entry is now. Letters that are typed one after the other, up to a space,
  /// are one edit.
  mutating func note(_ state: State) {
    guard state.text != present.text else {
      present.cursor = state.cursor
      return
    }
    let typed = Self.typedScalar(from: present, to: state)
    let isLetter = typed.map { !$0.properties.isWhitespace } ?? false
    if !isInWord || !isLetter {
      past.append(present)
      if past.count > Self.limit { past.removeFirst() }
    }
    isInWord = isLetter
    undone = []
    present = state
  }

  /// What the entry was before the last edit; nil when there was none.
  mutating func undo() -> State? {
    guard let state = past.popLast() else { return nil }
    undone.append(present)
    present = state
    isInWord = false
    return state
  }

  /// What the entry was before the last edit was taken back.
  mutating func redo() -> State? {
    guard let state = undone.popLast() else { return nil }
    past.append(present)
    present = state
    isInWord = false
    return state
  }

  /// The one scalar that was inserted at the cursor, if nothing else has changed.
  private static func typedScalar(from old: State, to new: State) -> Unicode.Scalar? {
    guard new.cursor == old.cursor + 1 else { return nil }
    let scalars = new.text.unicodeScalars
    guard scalars.count == old.text.unicodeScalars.count + 1 else { return nil }
    return scalars[scalars.index(scalars.startIndex, offsetBy: old.cursor)]
  }
}
