import Glibc

/// Where the settings of MLflow's client are: its environment variables and its file of logins.
package struct MLflowEnvironment: Sendable {
  private let variable: @Sendable (String) -> String?

  /// - Parameter variable: The value of a variable; nil where it is not set.
  package init(_ variable: @escaping @Sendable (String) -> String?) { self.variable = variable }

  /// That of this process.
  package static let process = MLflowEnvironment { name in getenv(name).map { String(cString: $0) }
  }

  /// The value of a variable; nil where it is not set or empty.
  subscript(name: String) -> String? { variable(name)?.nonEmpty }

  /// A variable that holds a number, brought into a range.
  func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
    self[name].flatMap { Int($0) }.map { min(max($0, range.lowerBound), range.upperBound) }
  }

  /// The user and the password of the file `~/.mlflow/credentials`, in its section `[mlflow]`.
  var fileLogin: (user: String?, password: String?) {
    guard let home = self["HOME"], let file = try? FileBytes("\(home)/.mlflow/credentials") else {
      return (nil, nil)
    }
    var settings: [String: String] = [:]
    var isInSection = false
    for line in file.text.split(whereSeparator: \.isNewline) {
      let line = trimmed(line)
      if line.hasPrefix("[") {
        isInSection = line == "[mlflow]"
      } else if isInSection, let sign = line.firstIndex(where: { $0 == "=" || $0 == ":" }) {
        settings[trimmed(line[..<sign]).lowercased()] = trimmed(line[line.index(after: sign)...])
      }
    }
    return (settings["mlflow_tracking_username"], settings["mlflow_tracking_password"])
  }
}
