package import PlumbColumns
package import PlumbDiagnostics
package import PlumbFunctions

/// A typed expression over the columns of an input: what the resolver makes of program text.
///
/// Columns are named, not numbered, so that optimizer rules can move expressions; the executor
/// binds names to positions once per pipeline.
package indirect enum ResolvedExpression: Sendable {
  case literal(Value, DataType)
  case column(String, DataType)
  /// The only automatic conversion: int to float, also inside lists and records.
  case convert(ResolvedExpression, DataType)
  case negate(ResolvedExpression, Operation)
  case arithmetic(ArithmeticOperator, ResolvedExpression, ResolvedExpression, Operation)
  /// Comparison of two operands of one type.
  case compare(ComparisonOperator, ResolvedExpression, ResolvedExpression)
  case not(ResolvedExpression)
  /// Kleene's; later operands are computed only for rows that the earlier ones leave open.
  case and([ResolvedExpression])
  case or([ResolvedExpression])
  /// The first branch whose condition is true; branches are computed only for their rows.
  case conditional([Branch], otherwise: ResolvedExpression, DataType)
  /// The first operand that is not null.
  case coalesce([ResolvedExpression], DataType)
  /// Membership, null being a value: in a constant set, …
  case isInSet(ResolvedExpression, ValueSet)
  /// … in a list that an expression gives, …
  case isInList(ResolvedExpression, ResolvedExpression)
  /// … in the one column of a query's result.
  case isInQuery(ResolvedExpression, QueryReference)
  /// Whether a regular expression is found anywhere in the text.
  case matches(ResolvedExpression, pattern: ResolvedExpression, Operation)
  case call(ScalarCall)
  /// The record's field at a position.
  case field(ResolvedExpression, index: Int, DataType)
  /// The list's element, counted from 0 or from the end; null outside the list.
  case element(ResolvedExpression, ResolvedExpression, DataType)
  case list([ResolvedExpression], element: DataType)
  case record([OutputColumn])
  /// Text with values put in, each with a format.
  case interpolation([TextPiece], Operation)
  /// The one cell of a query's result of one row and one column.
  case scalarQuery(QueryReference, DataType)
  /// A function of the program that runs row by row on values.
  case rowFunction(RowFunction, [ResolvedExpression], DataType, Operation)
}

/// A name for a computed column.
package struct OutputColumn: Sendable {
  package let name: String
  package let expression: ResolvedExpression
  /// Family and inference marks that the column keeps when it is passed on unchanged.
  package let field: Schema.Field

  package init(_ name: String, _ expression: ResolvedExpression) {
    self.name = name
    self.expression = expression
    field = Schema.Field(name, expression.type)
  }

  package init(_ field: Schema.Field, _ expression: ResolvedExpression) {
    name = field.name
    self.expression = expression
    self.field = field
  }
}

/// Where an operation that can fail stands in the program, and its result's type.
package struct Operation: Sendable {
  package let type: DataType
  package let range: SourceRange?

  package init(_ type: DataType, _ range: SourceRange? = nil) {
    self.type = type
    self.range = range
  }
}

/// `+ - * / // % **`, on operands of one type, or a timestamp or duration with its partner.
package enum ArithmeticOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case power = "**"
}

/// The six comparisons. `==` and `!=` take null as a value; the others give null on a null.
package enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

extension ResolvedExpression {
  /// A condition and the value where it is the first to be true.
  package struct Branch: Sendable {
    package let condition: ResolvedExpression
    package let value: ResolvedExpression

    package init(_ condition: ResolvedExpression, _ value: ResolvedExpression) {
      self.condition = condition
      self.value = value
    }
  }

  /// A part of an interpolated text.
  package enum TextPiece: Sendable {
    case text(String)
    /// A value and its format (such as `.3f`), empty for the plain form.
    case value(ResolvedExpression, format: String)
  }
}

/// A constant set for `in`.
package struct ValueSet: Sendable {
  /// The members, of the operand's type or null.
  package let values: [Value]

  package init(_ values: [Value]) { self.values = values }
}

/// A call of a function of the catalogue with one of its overloads.
package struct ScalarCall: Sendable {
  package let function: ScalarFunction
  package let overload: ScalarFunction.Overload
  /// An argument per parameter, defaults filled in, converted to the parameter's type. A
  /// function argument has a `null` literal here.
  package let arguments: [ResolvedExpression]
  /// The function arguments, by position.
  package let lambdas: [Int: Lambda]
  package let type: DataType
  package let range: SourceRange?

  package init(
    function: ScalarFunction, overload: ScalarFunction.Overload, arguments: [ResolvedExpression],
    lambdas: [Int: Lambda] = [:], type: DataType, range: SourceRange? = nil
  ) {
    self.function = function
    self.overload = overload
    self.arguments = arguments
    self.lambdas = lambdas
    self.type = type
    self.range = range
  }
}

/// `fn (x) => body`: the body sees the parameters as columns of these unique names, and the
/// columns of the rows around it.
package struct Lambda: Sendable {
  package let parameters: [Schema.Field]
  package let body: ResolvedExpression

  package init(parameters: [Schema.Field], body: ResolvedExpression) {
    self.parameters = parameters
    self.body = body
  }
}

/// A plan inside an expression, run once before the expression.
package final class QueryReference: Sendable {
  package let plan: LogicalPlan
  package let range: SourceRange?

  package init(_ plan: LogicalPlan, range: SourceRange? = nil) {
    self.plan = plan
    self.range = range
  }
}

/// A function of the program that cannot be turned into an expression.
package struct RowFunction: Sendable {
  package let name: String
  package let evaluate: @Sendable ([Value]) throws(Failure) -> Value

  package init(
    name: String, evaluate: @escaping @Sendable ([Value]) throws(Failure) -> Value
  ) {
    self.name = name
    self.evaluate = evaluate
  }

  /// What ended a call: the error as the function's own statement tells it.
  package struct Failure: Error {
    package let diagnostic: Diagnostic

    package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
  }
}
