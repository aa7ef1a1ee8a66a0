/// Going through the history, and searching it.
extension LineEditor {
  func up(_ text: String, _ cursor: Int) {
    let entry = EntryText(text)
    if recall == nil, let target = entry.lineAbove(cursor) {
      model?.move(by: target - cursor)
      return
    }
    let typed = recall?.typed ?? text
    let start = recall?.position ?? history.entries.count
    guard let found = history.previous(before: start, prefix: typed, unlike: text) else { return }
    recall = (found, typed)
    model?.replaceAll(with: history.entries[found])
  }

  func down(_ text: String, _ cursor: Int) {
    guard let recall else {
      if let target = EntryText(text).lineBelow(cursor) { model?.move(by: target - cursor) }
      return
    }
    if let found = history.next(after: recall.position, prefix: recall.typed, unlike: text) {
      self.recall = (found, recall.typed)
      model?.replaceAll(with: history.entries[found])
    } else {
      self.recall = nil
      model?.replaceAll(with: recall.typed)
    }
  }

  /// Takes a key while searching; false when it is for the editor, and the search is over.
  func take(_ key: Key, in current: HistorySearch) -> Bool {
    var current = current
    switch key {
    case .character("\u{12}"): current.older(in: history)
    case .character("\u{13}"): current.newer(in: history)
    case .character("\u{8}"), .character("\u{7F}"): current.deleteBackward(in: history)
    case .character("\u{3}"), .character("\u{7}"):
      search = nil
      model?.replaceAll(with: current.original)
      return true
    case .character("\u{1B}"):
      search = nil
      return true
    case .character(let scalar) where scalar.value >= 0x20:
      current.type(String(scalar), in: history)
    case .paste(let text): current.type(text, in: history)
    case .character, .alt, .special:
      search = nil
      return false
    }
    search = current
    model?.replaceAll(with: current.position.map { history.entries[$0] } ?? current.original)
    return true
  }
}
