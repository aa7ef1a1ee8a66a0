extension DiagnosticCode {
  /// The codes of type errors, sorted; they come from the resolver, about types.
  package static let typeCodes: [DiagnosticCode] = [
    .typeMismatch, .incomparableTypes, .badOperand, .badArgument, .notBoolean, .notATable,
    .misplacedAggregate, .notConstant, .mixedElements, .columnNotScalar,
  ]

  /// A value has another type than this place needs.
  package static let typeMismatch = DiagnosticCode(
    "E0301", "a value has another type than this place needs")

  /// Two values are compared whose types never compare.
  package static let incomparableTypes = DiagnosticCode(
    "E0302", "two values are compared whose types never compare")

  /// An operator does not take a value of this type.
  package static let badOperand = DiagnosticCode(
    "E0303", "an operator does not take a value of this type")

  /// A function does not take an argument of this type.
  package static let badArgument = DiagnosticCode(
    "E0304", "a function does not take an argument of this type")

  /// A condition is not a bool.
  package static let notBoolean = DiagnosticCode("E0305", "a condition is not a bool")

  /// A table is needed and this is none.
  package static let notATable = DiagnosticCode("E0306", "a table is needed and this is none")

  /// An aggregate or window function stands where no group is.
  package static let misplacedAggregate = DiagnosticCode(
    "E0307", "an aggregate or window function stands where no group is")

  /// A value is needed that is known before any row is read.
  package static let notConstant = DiagnosticCode(
    "E0308", "a value is needed that is known before any row is read")

  /// The elements of a list have different types.
  package static let mixedElements = DiagnosticCode(
    "E0309", "the elements of a list have different types")

  /// A column stands where a single value is needed.
  package static let columnNotScalar = DiagnosticCode(
    "E0310", "a column stands where a single value is needed")
}
