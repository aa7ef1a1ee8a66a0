import PlumbDiagnostics

/// Text of data or arguments that may go to a terminal: control characters written out, lines kept.
package func shown(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { escapingControlCharacters($0) }.joined(separator: "\n")
}
