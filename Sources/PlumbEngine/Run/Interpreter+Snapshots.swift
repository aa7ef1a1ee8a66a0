import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// The statement `snapshot registry to FOLDER`.
extension Interpreter {
  func snapshot(_ node: SnapshotStatement, in scope: Scope) throws(Stop) {
    let folder = try resolving { (resolver) throws(ResolveStop) in
      guard case .string(let folder) = try resolver.constant(node.address, in: scope) else {
        resolver.reportAddress(node.address)
        throw .reported
      }
      return folder
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
