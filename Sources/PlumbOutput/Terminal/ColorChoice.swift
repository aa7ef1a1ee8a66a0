/// When to colour what goes to a terminal.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto, always, never
}
