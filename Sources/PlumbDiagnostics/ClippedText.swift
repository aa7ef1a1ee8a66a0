/// A line of a message without its middle where it is too long to be read, such as with a name of
/// megabytes in it.
func clippedText(_ text: some StringProtocol) -> String {
  let (most, head, tail) = (1_000, 700, 250)
  // Bytes are counted first: characters of a long text take long to count.
  guard text.utf8.count > most, text.count > most else { return String(text) }
  return text.prefix(head) + " … " + text.suffix(tail)
}
