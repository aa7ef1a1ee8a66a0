package import PlumbColumns
package import PlumbOutput

/// What the command line says about a shell.
package struct ShellOptions: Sendable {
  /// The version, for the greeting.
  package var version = ""
  package var color = ColorChoice.auto
  package var timeZone = TimeZoneRules.utc
  /// The format of results; nil for tables fitted to the window.
  package var format: OutputFormat?
  /// The most rows of a table to show; nil for what fits into the window.
  package var maxRows: Int?
  /// Whether all rows are shown, whatever their number.
  package var showsAllRows = false
  /// Whether the time of every statement is told.
  package var showsTime = false
  /// Whether the greeting and other remarks are left out.
  package var isQuiet = false
  /// Whether the start file of the user's configuration folder is read.
  package var readsStartFile = true
  /// The addresses of the sources that are open.
  package var sources: [String] = []
  /// The line on which long operations show how far they are.
  package var progress: ProgressLine?
  /// What has to be done when the process ends at once.
  package var cleanUp: @Sendable () -> Void = {}
  /// The variables of the process.
  package var environment: [String: String] = [:]

  package init() {}
}

/// Why a command of the shell could not do its work: one sentence, and what to do about it.
package struct ShellFailure: Error {
  package let message: String
  package let remedy: String?

  package init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }
}
