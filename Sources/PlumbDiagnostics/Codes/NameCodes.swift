extension DiagnosticCode {
  /// The codes of name errors, sorted; they come from the resolver, about names.
  package static let nameCodes: [DiagnosticCode] = [
    .unknownName, .unknownTable, .unknownColumn, .unknownFunction, .unknownModule,
    .unknownMember, .unknownKey, .duplicateName, .immutableName, .unknownArgument,
    .missingArgument, .tooManyArguments, .misplacedControl, .unnamedOutput, .importCycle,
    .unknownType,
  ]

  /// No variable, table or constant has this name.
  package static let unknownName = DiagnosticCode(
    "E0201", "no variable, table or constant has this name")

  /// No open source has a table of this name.
  package static let unknownTable = DiagnosticCode(
    "E0202", "no open source has a table of this name")

  /// The table at this place has no column of this name.
  package static let unknownColumn = DiagnosticCode(
    "E0203", "the table at this place has no column of this name")

  /// No function has this name.
  package static let unknownFunction = DiagnosticCode("E0204", "no function has this name")

  /// No module of the standard library has this name.
  package static let unknownModule = DiagnosticCode(
    "E0205", "no module of the standard library has this name")

  /// A record, module or source has no member of this name.
  package static let unknownMember = DiagnosticCode(
    "E0206", "a record, module or source has no member of this name")

  /// No row has this key in an open column family.
  package static let unknownKey = DiagnosticCode(
    "E0207", "no row has this key in an open column family")

  /// Two outputs, parameters or definitions have one name.
  package static let duplicateName = DiagnosticCode(
    "E0208", "two outputs, parameters or definitions have one name")

  /// A name that cannot change is assigned to.
  package static let immutableName = DiagnosticCode(
    "E0209", "a name that cannot change is assigned to")

  /// The function has no argument of this name.
  package static let unknownArgument = DiagnosticCode(
    "E0210", "the function has no argument of this name")

  /// The function needs an argument that is not given.
  package static let missingArgument = DiagnosticCode(
    "E0211", "the function needs an argument that is not given")

  /// The function takes fewer arguments.
  package static let tooManyArguments = DiagnosticCode(
    "E0212", "the function takes fewer arguments")

  /// `break`, `continue` or `return` stands outside of what it leaves.
  package static let misplacedControl = DiagnosticCode(
    "E0213",
    "`break`, `continue` or `return` stands outside of what it leaves, or `param` within a block")

  /// An output column needs a name.
  package static let unnamedOutput = DiagnosticCode("E0214", "an output column needs a name")

  /// Files import each other in a circle.
  package static let importCycle = DiagnosticCode("E0215", "files import each other in a circle")

  /// No type has this name.
  package static let unknownType = DiagnosticCode("E0216", "no type has this name")
}
