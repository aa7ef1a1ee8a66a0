/// A text in which the secrets of addresses are replaced by `***`: the password of
/// `scheme://user:password@host`, and the values of parameters such as `?token=`.
func redactingSecrets(_ text: String) -> String {
  guard text.contains("://") else { return text }
  var result = ""
  var rest = text[...]
  while let start = rest.firstRange(of: "://") {
    result += rest[..<start.upperBound]
    let address = rest[start.upperBound...].prefix { !$0.isWhitespace && !"\"'`".contains($0) }
    result += redacted(address: address)
    rest = rest[address.endIndex...]
  }
  return result + rest
}

/// What follows `://`, without its secrets.
private func redacted(address: Substring) -> String {
  var text = String(address)
  let host = text.prefix { !"/?#".contains($0) }
  if let at = host.lastIndex(of: "@"), let colon = host[..<at].firstIndex(of: ":") {
    text.replaceSubrange(text.index(after: colon)..<at, with: "***")
  }
  guard let query = text.firstIndex(of: "?") else { return text }
  let parameters = text[text.index(after: query)...].split(
    separator: "&", omittingEmptySubsequences: false)
  let redacted = parameters.map { parameter -> String in
    guard let equal = parameter.firstIndex(of: "=") else { return String(parameter) }
    let name = parameter[..<equal].lowercased()
    let isSecret = secretNames.contains { name.contains($0) }
    return isSecret ? parameter[...equal] + "***" : String(parameter)
  }
  return text[...query] + redacted.joined(separator: "&")
}

private let secretNames = [
  "password", "passwd", "pwd", "secret", "token", "key", "signature", "sig",
]
