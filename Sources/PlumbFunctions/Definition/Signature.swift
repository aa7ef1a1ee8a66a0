package import PlumbColumns

/// A parameter of a function.
package struct Parameter: Sendable {
  package let name: String
  package let pattern: TypePattern
  /// The value when the argument is left out; absent when it must be given.
  package let defaultValue: Value?
  /// Whether the argument must be known before any row is read (`p` of `quantile`).
  package let isConstant: Bool
  /// Whether the last parameter takes any number of arguments, one at least.
  package let isRepeated: Bool

  package init(
    _ name: String, _ pattern: TypePattern, default defaultValue: Value? = nil,
    isConstant: Bool = false, isRepeated: Bool = false
  ) {
    self.name = name
    self.pattern = pattern
    self.defaultValue = defaultValue
    self.isConstant = isConstant
    self.isRepeated = isRepeated
  }
}

/// Which types an argument may have.
///
/// An int given for `.float` is converted before the call; nothing else is. A null literal fits
/// every pattern and takes the pattern's first type.
package indirect enum TypePattern: Sendable, Hashable {
  case exactly(DataType)
  /// int or float, as it is.
  case number
  /// int, float or duration: what can be added up.
  case quantity
  /// Any type that has an order.
  case ordered
  /// Any type.
  case any
  /// The same type wherever the name occurs in a signature; ints meet floats as floats.
  case variable(String)
  /// A list whose elements fit.
  case list(TypePattern)
  /// Any record.
  case record
  /// `fn (…) => …` with this many parameters, of the given patterns.
  case function([TypePattern])

  package static let bool = TypePattern.exactly(.bool)
  package static let int = TypePattern.exactly(.int)
  package static let float = TypePattern.exactly(.float)
  package static let string = TypePattern.exactly(.string)
  package static let timestamp = TypePattern.exactly(.timestamp)
  package static let duration = TypePattern.exactly(.duration)
}

extension TypePattern: CustomStringConvertible {
  /// The pattern as help shows it.
  package var description: String {
    switch self {
    case .exactly(let type): type.description
    case .number: "number"
    case .quantity: "number or duration"
    case .ordered: "ordered"
    case .any: "any"
    case .variable(let name): name
    case .list(let element): "list<\(element)>"
    case .record: "record"
    case .function(let parameters):
      "fn (" + parameters.map(\.description).joined(separator: ", ") + ")"
    }
  }
}

/// How the result's type follows from the arguments' types (after conversion).
package enum ResultRule: Sendable {
  case always(DataType)
  /// The type of argument `index`.
  case sameAs(Int)
  /// A list of the type of argument `index`.
  case listOf(Int)
  /// The element type of the list in argument `index`.
  case elementOf(Int)
  /// The type that all arguments unify to.
  case unified
  /// Any other rule; gets the arguments' types (a function argument has its result's type).
  case computed(@Sendable ([DataType]) -> DataType)

  /// The type of the result for arguments of these types.
  package func type(for arguments: [DataType]) -> DataType {
    switch self {
    case .always(let type): return type
    case .sameAs(let index): return index < arguments.count ? arguments[index] : .null
    case .listOf(let index): return .list(index < arguments.count ? arguments[index] : .null)
    case .elementOf(let index):
      guard index < arguments.count, case .list(let element) = arguments[index] else {
        return .null
      }
      return element
    case .unified:
      return arguments.dropFirst().reduce(arguments.first ?? .null) {
        $0.unified(with: $1) ?? $0
      }
    case .computed(let rule): return rule(arguments)
    }
  }
}

/// A use of a function that runs as a test and is shown by help.
package struct Example: Sendable {
  /// A program of one expression or pipeline.
  package let code: String
  /// What it prints; an error example gives `error: ` and the message.
  package let result: String

  package init(_ code: String, _ result: String) {
    self.code = code
    self.result = result
  }
}

/// Why a function could not compute a result.
package struct FunctionError: Error, Sendable {
  /// What is wrong, in the user's words, lower case, without a full stop.
  package let message: String
  package let hint: String?
  /// The row within the batch, if one row is to blame.
  package let row: Int?
  package let kind: Kind

  /// What went wrong, as a closed set that maps to diagnostic codes.
  package enum Kind: Sendable {
    /// An argument that the function does not take.
    case argument
    /// A result that leaves 64 bits.
    case overflow
    /// Nothing of the function's: the run is to stop.
    case interruption(RunControl.Interruption)
  }

  package init(
    _ message: String, hint: String? = nil, row: Int? = nil, kind: Kind = .argument
  ) {
    self.message = message
    self.hint = hint
    self.row = row
    self.kind = kind
  }
}
