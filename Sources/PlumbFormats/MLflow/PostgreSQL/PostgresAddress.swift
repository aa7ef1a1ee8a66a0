import PlumbColumns

/// The address of a PostgreSQL database, as libpq has it: `postgresql://[USER[:PASSWORD]@][HOST]…`.
///
/// What SQLAlchemy writes before `://` for a driver (`postgresql+psycopg2`) is left away. What the
/// address does not say comes from where libpq looks: variables such as `PGHOST`, the file
/// `~/.pgpass`, a service file.
struct PostgresAddress: Sendable {
  /// For libpq; may hold a password.
  let connectionText: String
  /// The address without secrets, to be shown.
  let text: String
  private let secrets: [String]

  /// The parameters of an address that may be shown.
  private static let shownParameters: Set<String> = ["host", "port", "dbname", "user", "service"]

  init(_ address: String) {
    let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
    let rest = address[start...]
    connectionText = "postgresql://\(rest)"
    var secrets: [String] = []
    var query = rest.firstIndex(of: "?") ?? rest.endIndex
    var place = String(rest[..<query])
    // A password with an `@`, `/` or `?` of its own is malformed, and still none to show.
    let isLogin = rest[..<query].contains(":")
    if let at = rest[..<query].lastIndex(of: "@") ?? (isLogin ? rest.lastIndex(of: "@") : nil) {
      query = rest[at...].firstIndex(of: "?") ?? rest.endIndex
      let login = rest[..<at]
      let user = login.prefix { $0 != ":" }
      if user.endIndex < login.endIndex {
        let password = login[login.index(after: user.endIndex)...]
        secrets += [String(password), PercentEncoding.decoded(password)]
        secrets += password.split(whereSeparator: { "@/?".contains($0) }).map(String.init)
          .filter { $0.count > 2 }
      }
      place = String(user + rest[at..<query])
    }
    var parameters: [Substring] = []
    if query < rest.endIndex {
      for parameter in rest[rest.index(after: query)...].split(separator: "&") {
        let name = parameter.prefix { $0 != "=" }
        if Self.shownParameters.contains(String(name)) {
          parameters.append(parameter)
        } else if name.lowercased().contains("password"), name.endIndex < parameter.endIndex {
          let value = parameter[parameter.index(after: name.endIndex)...]
          secrets += [String(value), PercentEncoding.decoded(value)]
        }
      }
    }
    self.secrets = secrets.filter { !$0.isEmpty }
    text =
      "postgresql://\(place)"
      + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
  }

  /// A message of libpq, which may repeat what it was given, without secrets and on one line.
  func cleared(_ message: String) -> String {
    var message = message
    // The whole address first: of a short password nothing is left to be guessed then.
    for (secret, shown) in [(connectionText, text)] + secrets.map({ ($0, "***") }) {
      message = message.split(separator: secret, omittingEmptySubsequences: false)
        .joined(separator: shown)
    }
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let prefix = "ERROR:  "
    return line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : line
  }
}
