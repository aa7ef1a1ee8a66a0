package import PlumbFunctions

/// A part of the language that is no function: a stage, a statement, a type, a group of operators.
///
/// It is the definition from which help, completion and the reference work.
package struct LanguageDefinition: Sendable {
  /// The name, such as `join`.
  package let name: String
  /// The group in which lists show it, such as `rows`.
  package let topic: String
  /// How it is written, a line for each form: words in capitals are filled in, `[…]` may be left
  /// out, `…` means more of the same.
  package let forms: [String]
  /// One sentence: what it does or is.
  package let summary: String
  /// More, where it matters: nulls, NaN, order, errors. Paragraphs are parted by empty lines.
  package let details: String
  /// The parts that need explaining, such as clauses and options.
  package let parts: [Part]
  /// Statements that stand before each of the examples.
  package let setup: String
  package let examples: [Example]
  /// Names that help also has a page on.
  package let related: [String]
  /// Other spellings under which help finds it, such as `==`.
  package let aliases: [String]

  /// A clause, an option or a choice.
  package struct Part: Sendable {
    package let name: String
    package let meaning: String

    package init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  package init(
    _ name: String, topic: String, forms: [String] = [], summary: String, details: String = "",
    parts: [Part] = [], setup: String = "", examples: [Example], related: [String] = [],
    aliases: [String] = []
  ) {
    self.name = name
    self.topic = topic
    self.forms = forms
    self.summary = summary
    self.details = details
    self.parts = parts
    self.setup = setup
    self.examples = examples
    self.related = related
    self.aliases = aliases
  }
}
