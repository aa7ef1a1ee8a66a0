package import PlumbColumns
package import PlumbSyntax

/// What a name of the program stands for.
package enum Binding: Sendable {
  /// A value that is known.
  case value(Value, DataType)
  /// A value of which only the type is known: the program is being checked, not run.
  case unknownValue(DataType)
  /// An expression over the rows at hand: an argument of a function that is being expanded.
  ///
  /// The level tells whose rows those are: a pipeline inside the function has others.
  case expression(ResolvedExpression, rowLevel: Int)
  case table(LogicalPlan)
  case function(UserFunction)
  case module(Scope)
  /// Nothing is known before the program runs.
  case undetermined
}

extension Binding {
  /// Whether it stands for something that a function can be called with.
  var isKnown: Bool {
    switch self {
    case .value, .table, .function, .module: true
    case .unknownValue, .expression, .undetermined: false
    }
  }
}

/// What an expression of the program turns out to be.
package enum Resolved: Sendable {
  case scalar(ResolvedExpression)
  case table(LogicalPlan)
  case function(UserFunction)
  case module(Scope)
  /// Nothing is known before the program runs.
  case undetermined
}

/// A function that the program defines, with the names around its definition.
package final class UserFunction: Sendable {
  package let name: String
  package let parameters: [FunctionParameter]
  package let body: FunctionDefinition.Body
  package let documentation: String?
  package let scope: Scope

  /// Whether the first parameter is a table with a default: a pipeline fills it, and a call whose
  /// first argument is no table leaves it out.
  package var mayLeaveOutTable: Bool {
    guard let first = parameters.first else { return false }
    return first.type?.name == "table" && first.defaultValue != nil
  }

  package init(
    name: String, parameters: [FunctionParameter], body: FunctionDefinition.Body,
    documentation: String? = nil, scope: Scope
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.documentation = documentation
    self.scope = scope
  }

  /// What `def` defines in a scope.
  package convenience init(_ node: FunctionDefinition, in scope: Scope) {
    self.init(
      name: node.name.text, parameters: node.parameters, body: node.body,
      documentation: node.documentation, scope: scope)
  }

  /// A function without a name, written in a scope.
  convenience init(_ lambda: Expression.Lambda, in scope: Scope) {
    self.init(name: "fn", parameters: lambda.parameters, body: .value(lambda.body), scope: scope)
  }

  /// Whether the body is a block, and no expression.
  var hasStatements: Bool { if case .block = body { true } else { false } }
}

/// Why resolving stopped.
package enum ResolveStop: Error, Sendable {
  /// A mistake was found and reported.
  case reported
  /// It depends on what only a run can tell; what can be checked was checked.
  case undetermined
  /// The function is no plain expression of its arguments: it must be called.
  case needsCall
}
