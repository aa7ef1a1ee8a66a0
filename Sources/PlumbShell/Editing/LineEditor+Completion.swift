import PlumbEngine

/// Completing words, with a menu where there is a choice.
extension LineEditor {
  func complete(_ text: String, _ cursor: Int) {
    let completions = support.complete(text, EntryText(text).utf8Offset(cursor))
    guard let first = completions.candidates.first else { return }
    if completions.candidates.count == 1 {
      replace(completions.range, in: text, with: first.text)
      return
    }
    let typed = EntryText(text).text(completions.range)
    let common = CompletionMenu.commonPrefix(completions.candidates.map(\.text))
    guard common.count > typed.count, common.lowercased().hasPrefix(typed.lowercased()) else {
      menu = CompletionMenu(completions)
      return
    }
    replace(completions.range, in: text, with: common)
    refreshMenu()
  }

  private func replace(_ range: Range<Int>, in text: String, with replacement: String) {
    let entry = EntryText(text)
    model?.replace(
      entry.scalarOffset(range.lowerBound)..<entry.scalarOffset(range.upperBound),
      with: replacement)
  }

  /// Asks anew what the word may become, after the text has changed.
  private func refreshMenu() {
    let (text, cursor) = model?.content ?? ("", 0)
    let completions = support.complete(text, EntryText(text).utf8Offset(cursor))
    menu = completions.candidates.isEmpty ? nil : CompletionMenu(completions)
  }

  /// Takes a key while the menu is open; false when it is for the editor, and the menu is closed.
  func take(_ key: Key, in current: CompletionMenu) -> Bool {
    switch key {
    case .character("\t"), .special(.down): menu?.move(by: 1)
    case .special(.backTab), .special(.up): menu?.move(by: -1)
    case .special(.pageDown): menu?.move(by: 10)
    case .special(.pageUp): menu?.move(by: -10)
    case .character("\u{1B}"), .character("\u{7}"): menu = nil
    case .character("\r"), .character("\n"):
      menu = nil
      guard let chosen = current.chosen else { return false }
      replace(current.range, in: model?.content.text ?? "", with: chosen.text)
    case .character(let scalar) where scalar.value >= 0x20 && scalar != "\u{7F}":
      model?.insert(String(scalar))
      let isInName =
        scalar == "_" || scalar == "." || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil
      if isInName { refreshMenu() } else { menu = nil }
    case .character("\u{7F}"), .character("\u{8}"):
      let (text, cursor) = model?.content ?? ("", 0)
      model?.deleteBackward(EntryText(text).characterBefore(cursor))
      if cursor - 1 <= EntryText(text).scalarOffset(current.range.lowerBound) {
        menu = nil
      } else {
        refreshMenu()
      }
    case .character, .alt, .special, .paste:
      menu = nil
      return false
    }
    return true
  }
}
