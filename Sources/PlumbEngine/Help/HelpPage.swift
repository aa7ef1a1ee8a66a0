package import PlumbFunctions

/// What help has on one thing that a name means, ready to be shown in any form.
package struct HelpPage: Sendable {
  package let name: String
  package let kind: Kind
  /// How it is written, a line for each form.
  package let signatures: [String]
  /// One sentence; may be empty for what a program defines without documentation.
  package let summary: String
  package let sections: [Section]

  /// What the name is. The raw value is how help says it.
  package enum Kind: String, Sendable, CaseIterable {
    case stage, statement
    case topic
    case group
    case table, column
    case aggregate
    case window = "window function"
    case scalar = "function"
    case userFunction = "function of this program"
    case module
    case moduleFunction = "function of a module"
    case source = "kind of source"
    case outputFormat = "output format"
    case errorCode = "error code"
  }

  /// A part of a page below the summary.
  package enum Section: Sendable {
    /// Paragraphs, parted by empty lines; one that is indented is code.
    case text(String)
    /// Things with what they mean, under a heading.
    case entries(title: String, [Entry])
    /// Programs with what they show; `setup` stands before each of them.
    case examples(setup: String, [Example])
    /// Other names that help has a page on.
    case related([String])
  }

  /// A clause, an option, a column, a function of a module.
  package struct Entry: Sendable {
    package let name: String
    /// The type, where it has one.
    package let type: String
    package let meaning: String

    package init(_ name: String, type: String = "", _ meaning: String) {
      self.name = name
      self.type = type
      self.meaning = meaning
    }
  }

  package init(
    _ name: String, _ kind: Kind, signatures: [String] = [], summary: String,
    sections: [Section] = []
  ) {
    self.name = name
    self.kind = kind
    self.signatures = signatures
    self.summary = summary
    self.sections = sections
  }
}

/// A name that help has a page on, with the page's summary: for lists and completion.
package struct HelpEntry: Sendable, Hashable {
  package let name: String
  package let kind: HelpPage.Kind
  package let summary: String

  package init(_ name: String, _ kind: HelpPage.Kind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }
}
