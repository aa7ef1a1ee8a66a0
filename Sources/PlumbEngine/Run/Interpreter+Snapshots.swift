import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// The statement `snapshot registry to FOLDER`.
extension Interpreter {
  /// Writes the registry's aliases and tags as they are now into a folder.
  func snapshot(_ node: SnapshotStatement, in scope: Scope) throws(Stop) {
    let folder = try resolving { (resolver) throws(ResolveStop) in
      try resolver.address(node.address, in: scope).path
    }
    do throws(ImportError) {
      var tables: [String: Table] = [:]
      for name in RegistrySnapshot.tableNames {
        guard let provider = table(named: name) else {
          throw ImportError(.notFound, "there is no table `\(name)`, which a registry has")
        }
        tables[name] = try provider.scan(
          ScanRequest(columns: provider.schema.fields.map(\.name)), control: control)
      }
      try RegistrySnapshot(tables, atMicroseconds: environment.nowMicroseconds)
        .write(to: registry.located(folder), control: control)
    } catch {
      throw Stop(Diagnostic(error, at: node.range))
    }
  }
}
