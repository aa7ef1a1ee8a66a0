/// A text in which secrets are replaced by `***`: the password of `scheme://user:password@host`, the
/// values of parameters such as `?token=`, and what is assigned to such a name: `password = "…"`,
/// `host=a password=…`.
package func redactingSecrets(_ text: String) -> String {
  redactingAssignments(redactingAddresses(text))
}

private func redactingAddresses(_ text: String) -> String {
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

/// Names with a secret word in them, `=`, and a text in quotes or one without spaces around.
private func redactingAssignments(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let equal = rest.firstIndex(of: "=") {
    let name = rest[..<equal].trimmingSuffix(while: { $0 == " " }).suffix {
      $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-"
    }
    let isAdjacent = name.endIndex == equal
    var value = rest[rest.index(after: equal)...]
    result += rest[...equal]
    rest = value
    guard isSecret(name) else { continue }
    result += value.prefix { $0 == " " }
    let hasSpace = value.first == " "
    value = value.drop { $0 == " " }
    if let quote = value.first, quote == "\"" || quote == "'" {
      let inner = value.dropFirst().prefix { $0 != quote && !$0.isNewline }
      result += "\(quote)" + (inner.isEmpty ? "" : "***")
      rest = value[inner.endIndex...]
    } else if isAdjacent, !hasSpace, value.first != "=" {
      let inner = value.prefix { !$0.isWhitespace && !"\"'`&;,)".contains($0) }
      result += inner.isEmpty ? "" : "***"
      rest = value[inner.endIndex...]
    } else {
      rest = value
    }
  }
  return result + rest
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return text
  }

  fileprivate func suffix(while isKept: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, isKept(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
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
    return isSecret(parameter[..<equal]) || isKey(parameter[..<equal])
      ? parameter[...equal] + "***" : String(parameter)
  }
  return text[...query] + redacted.joined(separator: "&")
}

private func isSecret(_ name: Substring) -> Bool {
  let name = name.lowercased()
  return ["password", "passwd", "pwd", "secret", "token", "api_key", "apikey", "access_key"]
    .contains { name.contains($0) }
}

/// What else is a secret in the parameters of an address.
private func isKey(_ name: Substring) -> Bool {
  let name = name.lowercased()
  return ["key", "signature", "sig"].contains { name.contains($0) }
}
