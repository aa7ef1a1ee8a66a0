package import PlumbDiagnostics

/// A name as it stands in the text, without its backquotes.
package struct Name: Sendable {
  /// The spelling; a target such as `derive tags.owner = …` keeps its points.
  package var text: String
  /// Where it stands, backquotes included.
  package var range: SourceRange

  package init(text: String, range: SourceRange) {
    self.text = text
    self.range = range
  }
}
