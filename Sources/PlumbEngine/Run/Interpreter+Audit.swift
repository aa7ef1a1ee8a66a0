import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbExecution
import PlumbFunctions
import PlumbPlan
import PlumbSyntax

/// What belongs to an audit as a whole: waivers before it, tables in its report, its end.
extension Interpreter {
  /// Reads the table `waivers` before the first check.
  func readWaivers(in scope: Scope, at range: SourceRange) throws(Stop) {
    guard audit.waivers == nil else { return }
    let table = try waiverTable(in: scope, at: range)
    do throws(WaiverReader.Mistake) {
      let waivers = try table.map { (table) throws(WaiverReader.Mistake) in
        try WaiverReader.read(table)
      }
      let now = environment.nowMicroseconds
      audit.setWaivers(
        (waivers ?? []).map {
          WaiverUse(waiver: $0, isExpired: $0.isExpired(atMicroseconds: now))
        })
    } catch {
      throw Stop(
        Diagnostic(.badWaiver, error.message, at: nil, help: error.remedy))
    }
  }

  /// The rows of the table `waivers`; nil when there is none.
  func waiverTable(in scope: Scope, at range: SourceRange) throws(Stop) -> Table? {
    var plan: LogicalPlan?
    if case .table(let bound)? = scope.lookup("waivers") {
      plan = bound
    } else if let provider = registry.table(named: "waivers") {
      plan = Resolver(host: self, functions: functions).scan(provider)
    }
    do throws(Stop) {
      return try plan.map { (plan) throws(Stop) in try rows(plan, range: range) }
    } catch {
      guard let first = error.diagnostics.all.first, first.code == .malformedRow else {
        throw error
      }
      // A cell that is no date, in a file: the waiver is not in order.
      throw Stop(Diagnostic(.badWaiver, first.message, at: nil, help: first.help))
    }
  }

  func undecided(_ call: Expression.Call, in scope: Scope) throws(Stop) -> Stop {
    var why = "it says so"
    if let argument = call.arguments.first {
      let value = try resolving { (resolver) throws(ResolveStop) in
        try resolver.scalar(argument.value, in: scope, .scalar)
      }
      why = plainText(try self.value(value, range: argument.range))
    }
    return Stop(Diagnostic(.checkUndecided, why, at: call.range))
  }

  func addSection(_ call: Expression.Call, in scope: Scope) throws(Stop) {
    guard call.arguments.count == 2 else {
      throw Stop(
        Diagnostic(.missingArgument, "`report` takes a title and a table", at: call.range))
    }
    let title = try resolving { (resolver) throws(ResolveStop) in
      try resolver.scalar(call.arguments[0].value, in: scope, .scalar)
    }
    let plan = try resolving { (resolver) throws(ResolveStop) in
      resolver.visible(try resolver.table(call.arguments[1].value, in: scope))
    }
    audit.add(
      ReportSection(
        title: plainText(try value(title, range: call.range)),
        table: try rows(plan, range: call.range)))
  }

  /// Notes which program runs, for what is told of the audit.
  func beginAudit(of program: PreparedProgram, _ options: SessionOptions) {
    audit.note(
      script: ScriptRecord(
        name: program.file.name, digest: SHA256.hex(of: program.file.bytes)),
      gate: options.auditGate)
  }

  /// Notes the modules that the program has imported until now.
  func noteModules() {
    audit.note(
      modules: modules.files.sorted { $0.key < $1.key }.map { name, file in
        ScriptRecord(name: name, digest: SHA256.hex(of: file.bytes))
      })
  }

  /// Notes a parameter; when its value is the address of a file, with the file's digest, because
  /// thresholds in it count as parameters.
  func noteParameter(_ name: String, _ value: Value) throws(Stop) {
    var digest: String?
    if case .string(let address) = value, !address.isEmpty,
      let path = StandardFiles.isStandard(address)
        ? try? StandardFiles.path(of: address) : registry.located(address)
    {
      do { digest = try FileDigest.digest(file: path, control: control) } catch {
        throw Stop(Diagnostic(ExecutionError(error), at: nil))
      }
    }
    audit.note(ParameterRecord(name: name, value: plainText(value), fileDigest: digest))
  }

  /// Tells of the audit, if the program had checks.
  func endAudit(_ options: SessionOptions) throws(Stop) {
    guard audit.hasBegun,
      var report = audit.report(asOfMicroseconds: environment.nowMicroseconds)
    else { return }
    report.toolVersion = options.toolVersion
    report.movement = options.auditHistory?.movement(of: report)
    if options.listsSources {
      do throws(ImportError) { report.sources = try manifest.records(control) } catch {
        throw Stop(Diagnostic(error, at: nil))
      }
    }
    handler(.audited(report))
  }
}
