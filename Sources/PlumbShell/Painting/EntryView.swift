/// Everything that the screen shows of an entry while it is edited: a plain value, so that what is
/// drawn can be tested without a terminal.
struct EntryView: Sendable, Hashable {
  var text = ""
  /// The cursor, in Unicode scalars from the start of the text.
  var cursor = 0
  var prompt = StyledText()
  /// Stands before every line but the first.
  var continuation = StyledText()
  /// Looks of pieces of the text, in order, without overlap.
  var looks: [Look] = []
  /// What follows the text and is not typed yet.
  var suggestion = ""
  /// Lines under the entry, such as a menu.
  var below: [StyledText] = []
  var columns = 80
  var rows = 24
  var usesColor = true

  /// How a piece of the text looks.
  struct Look: Sendable, Hashable {
    /// Offsets of UTF-8.
    var range: Range<Int>
    var style: Style
  }
}
