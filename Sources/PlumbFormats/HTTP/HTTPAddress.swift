import PlumbColumns

/// The address of a server, `http[s]://[USER[:PASSWORD]@]HOST[:PORT][/PATH]`.
///
/// A query and a fragment are dropped: people paste the address of the page they look at.
struct HTTPAddress: Sendable {
  /// `http` or `https`.
  let scheme: String
  let host: String
  let port: Int
  /// What the address itself says of the user, decoded.
  let user: String?
  let password: String?
  /// The address without user and password, and without a slash at its end.
  let text: String

  init(_ address: String) throws(ImportError) {
    guard let start = address.firstRange(of: "://"),
      ["http", "https"].contains(address[..<start.lowerBound].lowercased())
    else { throw HTTPAddress.malformed(address) }
    scheme = address[..<start.lowerBound].lowercased()
    var rest = address[start.upperBound...].prefix { $0 != "?" && $0 != "#" }
    while rest.last == "/" { rest.removeLast() }
    let authority = rest.prefix { $0 != "/" }
    var place = authority
    if let at = authority.lastIndex(of: "@") {
      let login = authority[..<at]
      place = authority[authority.index(after: at)...]
      let name = login.prefix { $0 != ":" }
      user = PercentEncoding.decoded(name)
      password =
        name.endIndex < login.endIndex
        ? PercentEncoding.decoded(login[login.index(after: name.endIndex)...]) : nil
    } else {
      user = nil
      password = nil
    }
    var name = place
    var number: Int? = scheme == "https" ? 443 : 80
    // An IPv6 address in brackets has colons of its own.
    if let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
      name = place[..<colon]
      number = Int(place[place.index(after: colon)...])
    }
    guard !name.isEmpty, name.hasPrefix("[") == name.hasSuffix("]"), let number,
      (1...65_535).contains(number),
      rest.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
    else { throw HTTPAddress.malformed(address) }
    host = name.lowercased()
    port = number
    text = "\(scheme)://\(place)\(rest[authority.endIndex...])"
  }

  private static func malformed(_ address: String) -> ImportError {
    ImportError(
      .notReadable, "`\(withoutLogin(address))` is not the address of a server",
      remedy: "write `http://HOST:PORT` or `https://HOST`")
  }

  /// An address of any form as errors may show it.
  private static func withoutLogin(_ address: String) -> String {
    guard let start = address.firstRange(of: "://"),
      let at = address[start.upperBound...].lastIndex(of: "@")
    else { return address }
    return address[..<start.upperBound] + "***" + address[at...]
  }

  /// Whether a request to the other address may carry what this one trusts its server with.
  ///
  /// That is the same server, or the same host after a step from HTTP to HTTPS on the standard
  /// ports, as the library `requests` has it that MLflow's client uses.
  func trusts(_ other: HTTPAddress) -> Bool {
    guard host == other.host else { return false }
    if scheme == other.scheme { return port == other.port }
    return scheme == "http" && port == 80 && other.scheme == "https" && other.port == 443
  }
}
