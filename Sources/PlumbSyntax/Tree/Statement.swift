package import PlumbDiagnostics

/// A statement.
package indirect enum Statement: Sendable {
  /// `let NAME = VALUE`
  case constant(Binding)
  /// `var NAME = VALUE`
  case variable(Binding)
  /// `NAME = VALUE`
  case assignment(Binding)
  /// `def NAME(…) = VALUE` or `def NAME(…) { … }`
  case function(FunctionDefinition)
  /// `param NAME: TYPE = VALUE "DOC"`
  case parameter(ParameterDeclaration)
  /// `if … { … } else { … }`
  case conditional(IfStatement)
  /// `for NAME in VALUE { … }`
  case forLoop(ForStatement)
  /// `while CONDITION { … }`
  case whileLoop(WhileStatement)
  /// `break`
  case breakLoop(SourceRange)
  /// `continue`
  case continueLoop(SourceRange)
  /// `return` or `return VALUE`
  case returnValue(ReturnStatement)
  /// `import NAME` or `import "PATH" as NAME`
  case importModule(ImportStatement)
  /// `open ADDRESS as NAME, OPTION = VALUE`
  case open(OpenStatement)
  /// `load NAME from ADDRESS, OPTION = VALUE`
  case load(LoadStatement)
  /// `save store PATH`
  case saveStore(SaveStoreStatement)
  /// `expect CONDITION, MESSAGE`
  case expect(ExpectStatement)
  /// `check ID TITLE (OPTIONS) { … }`
  case check(CheckStatement)
  /// `snapshot registry to ADDRESS`
  case snapshot(SnapshotStatement)
  /// `explain PIPELINE`
  case explain(InspectStatement)
  /// `profile PIPELINE`
  case profile(InspectStatement)
  /// A bare expression or pipeline, whose value is shown at top level.
  case expression(Expression)
  /// What stands for a statement that has an error; the error is already reported.
  case malformed(SourceRange)

  /// Where the statement stands.
  package var range: SourceRange {
    switch self {
    case .constant(let node), .variable(let node), .assignment(let node): node.range
    case .function(let node): node.range
    case .parameter(let node): node.range
    case .conditional(let node): node.range
    case .forLoop(let node): node.range
    case .whileLoop(let node): node.range
    case .breakLoop(let range), .continueLoop(let range), .malformed(let range): range
    case .returnValue(let node): node.range
    case .importModule(let node): node.range
    case .open(let node): node.range
    case .load(let node): node.range
    case .saveStore(let node): node.range
    case .expect(let node): node.range
    case .check(let node): node.range
    case .snapshot(let node): node.range
    case .explain(let node), .profile(let node): node.range
    case .expression(let node): node.range
    }
  }
}

/// A name and the value it is bound or assigned to.
package struct Binding: Sendable {
  package var name: Name
  /// An expression, or ``Expression/pipeline(_:)``.
  package var value: Expression
  package var range: SourceRange
}

/// The definition of a function.
package struct FunctionDefinition: Sendable {
  /// What a function does when it is called.
  package enum Body: Sendable {
    /// `= VALUE`
    case value(Expression)
    /// `{ … }`; the value is that of the `return` reached.
    case block(Block)
  }

  package var name: Name
  package var parameters: [FunctionParameter]
  package var body: Body
  /// The text of the `##` lines above, joined by newlines.
  package var documentation: String?
  package var range: SourceRange
}

/// A parameter of a function or of a lambda.
package struct FunctionParameter: Sendable {
  package var name: Name
  package var type: TypeName?
  package var defaultValue: Expression?
  package var range: SourceRange
}

/// The name of a type, such as `duration`; the resolver knows which there are.
package struct TypeName: Sendable {
  package var name: String
  package var range: SourceRange
}

/// A parameter of the program, given as `--NAME VALUE` on the command line.
package struct ParameterDeclaration: Sendable {
  package var name: Name
  package var type: TypeName?
  package var defaultValue: Expression?
  package var documentation: String?
  package var range: SourceRange
}

/// `if` with any number of `else if`, and an `else`.
package struct IfStatement: Sendable {
  /// A condition and the block that it guards.
  package struct Branch: Sendable {
    package var condition: Expression
    package var body: Block
  }

  /// The branches in order; the first whose condition is true runs.
  package var branches: [Branch]
  package var otherwise: Block?
  package var range: SourceRange
}

/// A loop over a table, a list or a range.
package struct ForStatement: Sendable {
  package var variable: Name
  package var sequence: Expression
  package var body: Block
  package var range: SourceRange
}

/// A loop that runs as long as its condition is true.
package struct WhileStatement: Sendable {
  package var condition: Expression
  package var body: Block
  package var range: SourceRange
}

/// Leaves a function.
package struct ReturnStatement: Sendable {
  package var value: Expression?
  package var range: SourceRange
}

/// Takes in a module of the standard library or a file.
package struct ImportStatement: Sendable {
  /// What is imported.
  package enum Source: Sendable {
    /// A module of the standard library.
    case module(Name)
    /// A file, relative to the one that says so.
    case path(StringLiteral)
  }

  package var source: Source
  package var alias: Name?
  package var range: SourceRange
}

/// Attaches a source.
package struct OpenStatement: Sendable {
  package var address: Expression
  package var alias: Name?
  package var options: [Option]
  package var range: SourceRange
}

/// Makes a table of a file.
package struct LoadStatement: Sendable {
  package var name: Name
  package var address: Expression
  package var options: [Option]
  package var range: SourceRange
}

/// Writes all open tables to a file.
package struct SaveStoreStatement: Sendable {
  package var path: Expression
  package var range: SourceRange
}

/// Ends the script when a condition is not true.
package struct ExpectStatement: Sendable {
  package var condition: Expression
  package var message: Expression?
  package var range: SourceRange
}

/// A named check of an audit.
package struct CheckStatement: Sendable {
  package var id: Expression
  package var title: Expression?
  package var options: [Option]
  package var body: Block
  package var range: SourceRange
}

/// Keeps a dated copy of the registry.
package struct SnapshotStatement: Sendable {
  /// The folder that the copy is added to.
  package var address: Expression
  package var range: SourceRange
}

/// `explain` and `profile`.
package struct InspectStatement: Sendable {
  /// The pipeline or expression to look at.
  package var subject: Expression
  package var range: SourceRange
}

/// `NAME = VALUE` at the end of a stage or statement, or in the parentheses of a check.
package struct Option: Sendable {
  package var name: Name
  package var value: Expression
  package var range: SourceRange { name.range.union(value.range) }
}
