package import PlumbDiagnostics
import PlumbSyntax

extension Diagnostic {
  /// The diagnostic with the place of the call that led into another file.
  ///
  /// The standard library's own text is nothing that a user can mend: there the call is the
  /// place, and the line inside the library a note.
  package func placed(in function: UserFunction, calledAt call: SourceRange) -> Diagnostic {
    guard let range, range.file === function.file, call.file !== range.file else { return self }
    var placed = self
    if range.file.name.hasPrefix("std:") {
      placed.range = call
      placed.notes.append("in `\(function.name)`, \(range.place): `\(range.text)`")
      placed.fix = nil
    } else {
      placed.notes.append("called at \(call.place)")
    }
    return placed
  }
}

extension UserFunction {
  /// The file that defines the function.
  fileprivate var file: SourceFile {
    switch body {
    case .value(let expression): expression.range.file
    case .block(let block): block.range.file
    }
  }
}

extension SourceRange {
  /// `audit.plumb:4:9`
  fileprivate var place: String {
    let (line, column) = file.position(at: lower)
    return "\(file.name):\(line):\(column)"
  }
}

extension Statement {
  /// Whether the statement only names or checks values on the way to a result.
  var isPartOfExpression: Bool {
    switch self {
    case .constant, .returnValue, .function, .expect: true
    case .conditional(let node):
      node.branches.allSatisfy { $0.body.statements.allSatisfy(\.isPartOfExpression) }
        && (node.otherwise?.statements ?? []).allSatisfy(\.isPartOfExpression)
    case .variable, .assignment, .parameter, .forLoop, .whileLoop, .breakLoop, .continueLoop,
      .importModule, .open, .load, .saveStore, .check, .snapshot, .explain, .profile, .expression,
      .malformed:
      false
    }
  }
}
