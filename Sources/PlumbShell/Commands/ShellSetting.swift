import PlumbColumns
import PlumbDiagnostics
import PlumbOutput

/// Something of the shell that can be set: what `.settings NAME VALUE` takes.
struct ShellSetting: Sendable {
  let name: String
  /// What it is, in a few words.
  let summary: String
  /// Values to offer, each with its meaning.
  let values: [(String, String)]
  let get: @Sendable (Shell) -> String
  let set: @Sendable (Shell, String) throws(ShellFailure) -> Void

  /// All settings, sorted by name.
  static let all: [ShellSetting] = [.color, .mode, .pager, .rows, .timer, .width, .zone]

  static func named(_ name: String) -> ShellSetting? { all.first { $0.name == name } }

  private static let onOrOff = [("on", ""), ("off", "")]

  private static func isOn(_ text: String, _ name: String) throws(ShellFailure) -> Bool {
    switch text {
    case "on": return true
    case "off": return false
    default: throw ShellFailure("`\(name)` is `on` or `off`, not `\(text)`")
    }
  }

  private static func number(
    _ text: String, _ name: String, from least: Int, or words: String
  ) throws(ShellFailure) -> Int {
    guard let number = Int(text), (least...100_000).contains(number) else {
      throw ShellFailure("`\(name)` is a number from \(least), or \(words), not `\(text)`")
    }
    return number
  }

  static let color = ShellSetting(
    name: "color", summary: "colours at the prompt and in results",
    values: [("auto", "on a terminal, unless NO_COLOR says no"), ("on", ""), ("off", "")],
    get: { $0.printer.usesColor ? "on" : "off" },
    set: { (shell, text) throws(ShellFailure) in
      let usesColor = try text == "auto" ? Terminal.usesColor(1, .auto) : isOn(text, "color")
      shell.printer.usesColor = usesColor
      shell.setEditorColor(usesColor)
    })

  static let mode = ShellSetting(
    name: "mode", summary: "the format of results",
    values: OutputFormatCatalog.builtin.textual.formats.map { ($0.name, $0.summary) },
    get: { $0.printer.format.name },
    set: { (shell, name) throws(ShellFailure) in
      let catalog = OutputFormatCatalog.builtin.textual
      guard let format = catalog[name] else {
        let near = nearestName(to: name, in: catalog.names).map { "did you mean `\($0)`? " } ?? ""
        throw ShellFailure(
          "no format is called `\(name)`",
          remedy: near + "There are: " + catalog.names.joined(separator: ", "))
      }
      shell.printer.format = format
    })

  static let pager = ShellSetting(
    name: "pager", summary: "whether long text is shown a screen at a time", values: onOrOff,
    get: { $0.pager.isOn ? "on" : "off" },
    set: { (shell, text) throws(ShellFailure) in shell.pager.isOn = try isOn(text, "pager") })

  static let rows = ShellSetting(
    name: "rows", summary: "the most rows of a table that are shown",
    values: [("auto", "as many as fit into the window"), ("all", "")],
    get: { shell in
      shell.printer.showsAllRows ? "all" : shell.printer.maxRows.map(String.init) ?? "auto"
    },
    set: { (shell, text) throws(ShellFailure) in
      let limit =
        text == "auto" || text == "all"
        ? nil
        : try number(text, "rows", from: 1, or: "`auto` or `all`")
      shell.printer.maxRows = limit
      shell.printer.showsAllRows = text == "all"
    })

  static let timer = ShellSetting(
    name: "timer", summary: "whether the time of every statement is told", values: onOrOff,
    get: { $0.printer.showsTime ? "on" : "off" },
    set: { (shell, text) throws(ShellFailure) in shell.printer.showsTime = try isOn(text, "timer") }
  )

  static let width = ShellSetting(
    name: "width", summary: "the columns that results take",
    values: [("auto", "those of the window")],
    get: { $0.printer.width.map(String.init) ?? "auto" },
    set: { (shell, text) throws(ShellFailure) in
      shell.printer.width =
        text == "auto" ? nil : try number(text, "width", from: 10, or: "`auto`")
    })

  static let zone = ShellSetting(
    name: "zone", summary: "the time zone in which times are shown",
    values: [("UTC", ""), ("local", "that of this machine")],
    get: { $0.printer.timeZone.name },
    set: { (shell, name) throws(ShellFailure) in
      guard let zone = TimeZoneRules(named: name) else {
        throw ShellFailure(
          "no time zone is called `\(name)`", remedy: "give one such as `Europe/Berlin`")
      }
      shell.printer.timeZone = zone
    })
}
