import PlumbAudit
import PlumbColumns
import PlumbDiagnostics
import PlumbOutput

extension CommandOption {
  /// Every option, in the order in which help shows them. A new one is an entry here.
  static let all: [CommandOption] = [
    CommandOption(
      "-c", value: .text("CODE"), summary: "run the code, print and leave"
    ) { (text, invocation) throws(CommandError) in
      if invocation.code != nil {
        throw CommandError(
          "`-c` is given twice", remedy: "put both programs into one, with `;` between them")
      }
      invocation.code = text
    },
    CommandOption(
      "-f", "--format", value: .choice("FORMAT", OutputFormatCatalog.builtin.names),
      summary: "write results in this format"
    ) { (text, invocation) throws(CommandError) in
      guard let format = OutputFormatCatalog.builtin[text] else {
        throw notAChoice("--format", text, OutputFormatCatalog.builtin.names)
      }
      invocation.format = format
    },
    CommandOption(
      "-o", "--output", value: .file("FILE"),
      summary: "write results to the file, in the format of its ending"
    ) { (text, invocation) throws(CommandError) in
      guard !text.isEmpty else { throw CommandError("`--output` needs the name of a file") }
      invocation.outputPath = text
    },
    CommandOption(
      "--report", value: .text("KIND=FILE"),
      summary: "write the report of the program's checks, such as html=audit.html; repeatable"
    ) { (text, invocation) throws(CommandError) in
      invocation.reports.append(try RequestedReport(text))
    },
    CommandOption(
      "--fail-on", value: .choice("SEVERITY", CheckSeverity.allCases.map(\.rawValue)),
      summary: "the least severity of a check that makes the exit code 1 or 4; medium without it"
    ) { (text, invocation) throws(CommandError) in
      guard let severity = CheckSeverity(rawValue: text) else {
        throw notAChoice("--fail-on", text, CheckSeverity.allCases.map(\.rawValue))
      }
      invocation.auditGate.failOn = severity
    },
    CommandOption(
      "--allow-unknown", summary: "let checks that cannot be decided leave the exit code alone"
    ) { (_, invocation) throws(CommandError) in invocation.auditGate.allowsUnknown = true },
    CommandOption(
      "--only", value: .text("CHECKS"),
      summary: "run these checks: 'inv-*', group=NAME, severity=LEVEL, ref=CONTROL; repeatable"
    ) { (text, invocation) throws(CommandError) in
      guard invocation.checkSelection.add(text) else {
        throw CommandError(
          "`--only` cannot be `\(text)`",
          remedy: "write `--only 'inv-*'`, `--only group=inventory`, `--only severity=high` or "
            + "`--only 'ref=ISO/IEC 42001*'`")
      }
    },
    CommandOption(
      "--history", value: .file("DIR"),
      summary: "keep the report in the folder, and compare it with those that are there"
    ) { (text, invocation) throws(CommandError) in
      guard !text.isEmpty else { throw CommandError("`--history` needs the name of a folder") }
      invocation.historyFolder = text
    },
    CommandOption(
      "--as-of", value: .text("TIME"), summary: "what now() gives, such as 2026-11-23T10:30"
    ) { (text, invocation) throws(CommandError) in
      let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
      guard let time = TimestampText.parse(bare) else {
        throw CommandError(
          "`--as-of` takes a time, and `\(text)` is none",
          remedy: "write `2026-11-23` or `2026-11-23T10:30:00+02:00`")
      }
      invocation.nowMicroseconds = time
    },
    CommandOption(
      "--time-zone", value: .text("ZONE"),
      summary: "the zone in which tables show times, such as Europe/Berlin"
    ) { (text, invocation) throws(CommandError) in
      guard let zone = TimeZoneRules(named: text) else {
        throw CommandError(
          "no time zone is called `\(text)`",
          remedy: "write `Europe/Berlin`, `UTC`, `+02:00`, or `local` for the machine's own")
      }
      invocation.timeZone = zone
    },
    CommandOption(
      "--max-rows", value: .text("N"),
      summary: "show at most so many rows of a table in format table, or `all`"
    ) { (text, invocation) throws(CommandError) in
      if text == "all" {
        invocation.maxRows = .all
      } else {
        invocation.maxRows = .limit(try count("--max-rows", text, 1...Int.max))
      }
    },
    CommandOption(
      "--threads", value: .text("N"), summary: "use so many threads instead of all processors"
    ) { (text, invocation) throws(CommandError) in
      invocation.threadCount = try count("--threads", text, 1...1024)
    },
    CommandOption(
      "--memory-limit", value: .text("SIZE"),
      summary: "stop with an error when data takes more, such as 512M or 2GiB"
    ) { (text, invocation) throws(CommandError) in
      guard let bytes = parseSize(text), bytes > 0 else {
        throw CommandError(
          "`--memory-limit` takes a size, and `\(text)` is none",
          remedy: "write `512M`, `2GiB`, or a number of bytes")
      }
      invocation.memoryLimitBytes = bytes
    },
    CommandOption(
      "--timing", summary: "write each statement's time and rows to standard error"
    ) { (_, invocation) throws(CommandError) in invocation.showsTiming = true },
    CommandOption(
      "--color",
      value: .choice("WHEN", ColorChoice.allCases.map(\.rawValue)),
      summary: "colour the output; auto: on a terminal"
    ) { (text, invocation) throws(CommandError) in
      guard let choice = ColorChoice(rawValue: text) else {
        throw notAChoice("--color", text, ColorChoice.allCases.map(\.rawValue))
      }
      invocation.color = choice
    },
    CommandOption("--no-rc", summary: "read no start-up file; runs of programs never do") {
      (_, invocation) throws(CommandError) in invocation.skipsStartFile = true
    },
    CommandOption("--quiet", summary: "write results and errors only") {
      (_, invocation) throws(CommandError) in invocation.isQuiet = true
    },
    CommandOption(
      "--check", summary: "change nothing, only list the files that would change",
      subcommand: "fmt"
    ) { (_, invocation) throws(CommandError) in invocation.onlyChecks = true },
    CommandOption("--version", summary: "print the version") {
      (_, invocation) throws(CommandError) in invocation.showsVersion = true
    },
    CommandOption(
      "--help", summary: "print help; after `run SCRIPT`, about the script's parameters"
    ) { (_, invocation) throws(CommandError) in invocation.showsHelp = true },
  ]

  static func named(_ name: String) -> CommandOption? { all.first { $0.names.contains(name) } }

  /// The long names, for suggestions.
  static let longNames = all.flatMap(\.names).filter { $0.hasPrefix("--") }

  /// Names that parameters of scripts may not have: those of options.
  static let reservedNames = Set(longNames)
}

private func notAChoice(_ option: String, _ text: String, _ choices: [String]) -> CommandError {
  let near = nearestName(to: text, in: choices).map { "did you mean `\($0)`? " } ?? ""
  return CommandError(
    "`\(option)` cannot be `\(text)`",
    remedy: near + "It takes one of: " + choices.joined(separator: ", "))
}

private func count(
  _ option: String, _ text: String, _ range: ClosedRange<Int>
) throws(CommandError) -> Int {
  guard let number = Int(text), range.contains(number) else {
    let limit = range.upperBound == Int.max ? "" : " up to \(range.upperBound)"
    throw CommandError(
      "`\(option)` takes a whole number from \(range.lowerBound)\(limit), not `\(text)`")
  }
  return number
}
