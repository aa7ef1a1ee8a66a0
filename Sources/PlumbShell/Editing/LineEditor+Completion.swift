import PlumbEngine

/// Completing words, with a menu where there is a choice.
extension LineEditor {
  func complete(_ text: String, _ cursor: Int) {
    let completions = support.complete(text, EntryText(text).utf8Offset(cursor))
    guard let first = completions.candidates.first else { return }
    if completions.candidates.count == 1 {
      replace(completions.range, in: text, with: first)
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

  /// Puts a candidate in place; a word that another one must follow gets its space.
  private func replace(_ range: Range<Int>, in text: String, with candidate: CompletionCandidate) {
    replace(range, in: text, with: candidate.text)
    guard candidate.kind == .stage || candidate.kind == .keyword else { return }
    let (text, cursor) = model?.content ?? ("", 0)
    if cursor == text.unicodeScalars.count { model?.insert(" ") }
  }

  /// Asks anew what the word may become, after the text has changed. The menu goes when the word
  /// at the cursor is not the one that began at `start` any more.
  private func refreshMenu(ifWordBeginsAt start: Int? = nil) {
    let (text, cursor) = model?.content ?? ("", 0)
    let completions = support.complete(text, EntryText(text).utf8Offset(cursor))
    let isOther = start.map { $0 != completions.range.lowerBound } ?? false
    menu = completions.candidates.isEmpty || isOther ? nil : CompletionMenu(completions)
  }

  private func accept(_ candidate: CompletionCandidate, of menu: CompletionMenu) {
    self.menu = nil
    replace(menu.range, in: model?.content.text ?? "", with: candidate)
  }

  /// Types a character into the word of the menu. One that ends the word takes what is chosen.
  private func type(_ scalar: Unicode.Scalar, in current: CompletionMenu) {
    let isInName =
      scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    if !isInName, let chosen = current.chosen {
      accept(chosen, of: current)
      let text = model?.content.text ?? ""
      // The candidate has brought it along.
      if text.unicodeScalars.last == scalar { return }
    }
    model?.insert(String(scalar))
    // After a point the keys of a family follow in the same menu.
    refreshMenu(ifWordBeginsAt: scalar == "." ? nil : current.range.lowerBound)
  }

  /// Takes a key while the menu is open; false when it is for the editor, and the menu is closed.
  func take(_ key: Key, in current: CompletionMenu) -> Bool {
    switch key {
    case .character("\t"):
      if let only = current.only { accept(only, of: current) } else { menu?.move(by: 1) }
    case .special(.down): menu?.move(by: 1)
    case .special(.backTab), .special(.up): menu?.move(by: -1)
    case .special(.pageDown): menu?.move(by: 10)
    case .special(.pageUp): menu?.move(by: -10)
    case .character("\u{1B}"), .character("\u{7}"): menu = nil
    case .character("\r"), .character("\n"):
      guard let chosen = current.chosen else {
        menu = nil
        return false
      }
      accept(chosen, of: current)
    case .character(let scalar) where scalar.value >= 0x20 && scalar != "\u{7F}":
      type(scalar, in: current)
    case .character("\u{7F}"), .character("\u{8}"):
      let (text, cursor) = model?.content ?? ("", 0)
      model?.deleteBackward(EntryText(text).characterBefore(cursor))
      refreshMenu(ifWordBeginsAt: current.range.lowerBound)
    case .character, .alt, .special, .paste:
      menu = nil
      return false
    }
    return true
  }
}
