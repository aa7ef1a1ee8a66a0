import PlumbAudit
import PlumbColumns
import PlumbOutput

/// What a command line asks for.
struct Invocation {
  var subcommand: Subcommand?
  /// The arguments that are neither options nor values of options, without the subcommand.
  var positionals: [String] = []
  /// The code of `-c`.
  var code: String?
  /// `--NAME VALUE` of names that are no options of the command: the script's parameters.
  var parameters: [(name: String, value: String)] = []

  var format: OutputFormat?
  var outputPath: String?
  var nowMicroseconds: Int?
  /// `--report KIND=FILE`: what to write of an audit.
  var reports: [RequestedReport] = []
  /// `--history DIR`: where the reports of audits are kept.
  var historyFolder: String?
  var auditGate = AuditGate()
  var checkSelection = CheckSelection()
  var timeZone = TimeZoneRules.utc
  var maxRows = MaxRows.fitting
  var threadCount = 0
  var memoryLimitBytes = 0
  var showsTiming = false
  var color = ColorChoice.auto
  var isQuiet = false
  /// `--no-rc`: the shell does not read its start file.
  var skipsStartFile = false
  var showsHelp = false
  var showsVersion = false
  /// `fmt --check`: only report.
  var onlyChecks = false
  /// What `highlight` writes.
  var highlightFormat = HighlightFormat.ansi
  /// What `kernel` is to do.
  var kernel = KernelInvocation()

  /// The most rows of a table to show.
  enum MaxRows {
    /// What fits on a terminal; all elsewhere.
    case fitting
    case all
    case limit(Int)
  }
}

extension Invocation {
  /// Refuses `--report` and `--history` where a run as a whole has no outcome.
  func refuseReports(because reason: String) throws(CommandError) {
    guard !reports.isEmpty || historyFolder != nil else { return }
    throw CommandError(
      "`--report` and `--history` have nothing to tell of: \(reason)",
      remedy: "run a script, or a notebook without `-o`, whose cells are then one program")
  }
}
