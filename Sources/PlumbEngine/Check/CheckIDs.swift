package import PlumbDiagnostics
import PlumbSyntax

/// The ids of the checks that stand in a script, in its order, without those that only a run knows.
package func checkIDs(in file: SourceFile) -> [String] {
  var diagnostics = Diagnostics()
  return ids(in: parse(file, diagnostics: &diagnostics).statements)
}

private func ids(in statements: [Statement]) -> [String] {
  statements.flatMap { statement -> [String] in
    switch statement {
    case .check(let node):
      if case .string(let literal) = node.id { [literal.value] } else { [] }
    case .conditional(let node):
      node.branches.flatMap { ids(in: $0.body.statements) }
        + ids(in: node.otherwise?.statements ?? [])
    case .forLoop(let node): ids(in: node.body.statements)
    case .whileLoop(let node): ids(in: node.body.statements)
    default: []
    }
  }
}
