import PlumbColumns

/// The REST interface of an MLflow server.
struct ServerClient: Sendable {
  let address: HTTPAddress
  private let identity: HTTPIdentity
  private let patience: HTTPPatience

  init(
    _ address: HTTPAddress, identity: HTTPIdentity, patience: HTTPPatience
  ) {
    self.address = address
    self.identity = identity
    self.patience = patience
  }

  /// Connections for one piece of work.
  func connections(_ control: RunControl) throws(ImportError) -> HTTPConnections {
    try HTTPConnections(address, identity: identity, patience: patience, control: control)
  }

  /// A request that gets what a search finds.
  func search(_ endpoint: String, _ query: [(name: String, value: String)]) -> HTTPRequest {
    let query = query.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }.joined(
      separator: "&")
    return HTTPRequest(address: "\(address.text)/\(endpoint)\(query.isEmpty ? "" : "?")\(query)")
  }

  /// A request that posts what is searched for.
  func search(_ endpoint: String, _ body: JSONTree) -> HTTPRequest {
    HTTPRequest(address: "\(address.text)/\(endpoint)", body: body.text)
  }

  /// The pages of a listing, one after the other, each as a whole.
  ///
  /// - Parameters:
  ///   - request: The request for the first page, or for the page of a token.
  ///   - page: Takes a page.
  /// - Returns: False if the server does not know the endpoint.
  func pages(
    control: RunControl, request: (_ token: String?) -> HTTPRequest,
    page: (JSONTree) throws(ImportError) -> Void
  ) throws(ImportError) -> Bool {
    var isKnown = true
    let connections = try connections(control)
    try connections.exchange([PageToken.first], request: { request($0.text) }) {
      (token, response) throws(ImportError) in
      guard let tree = try object(response) else {
        isKnown = false
        return []
      }
      try page(tree)
      return try token.next(tree["next_page_token"]?.string, address).map { [$0] } ?? []
    }
    return isKnown
  }

  /// The JSON object of an answer; nil if the server does not know the endpoint.
  func object(_ response: HTTPResponse) throws(ImportError) -> JSONTree? {
    guard try isFound(response) else { return nil }
    do throws(JSONError) {
      let tree = try JSONTree.parse(response.body)
      guard case .object = tree else { throw JSONError("no object", offset: 0) }
      return tree
    } catch {
      throw malformed(response, error)
    }
  }

  /// Whether an answer has what was asked for; false if the server does not know the endpoint.
  func isFound(_ response: HTTPResponse) throws(ImportError) -> Bool {
    if response.status == 200 { return true }
    let refusal = ServerRefusal(response)
    if refusal.isOfUnknownEndpoint { return false }
    throw refusal.error(address, isKnown: identity.authorization != nil)
  }

  /// The error for an answer that is not what the interface promises.
  func malformed(_ response: HTTPResponse, _ error: JSONError) -> ImportError {
    guard response.contentType.isEmpty || response.contentType.hasSuffix("json") else {
      let place = response.redirectedTo.map { "sends requests on to `\($0)`, which" } ?? "it"
      return ImportError(
        .wrongFormat,
        "`\(address.text)` is no MLflow server: \(place) answers with \(response.contentType)",
        remedy: "give the address that `MLFLOW_TRACKING_URI` has; behind a login page, a token in "
          + "`MLFLOW_TRACKING_TOKEN`")
    }
    return ImportError(
      .corrupt,
      "`\(address.text)` sent an answer that is not in order: \(error.message), at byte "
        + "\(error.offset) of \(response.body.count)",
      remedy: "try again; if it stays so, look at the server's log and at proxies before it")
  }
}

/// Where a listing goes on.
struct PageToken: Sendable {
  let text: String?
  private let number: Int

  static let first = PageToken(text: nil, number: 0)

  /// The next page; nil behind the last.
  func next(_ token: String?, _ address: HTTPAddress) throws(ImportError) -> PageToken? {
    guard let token, !token.isEmpty else { return nil }
    guard token != text, number < Self.mostPages else {
      throw ImportError(
        .corrupt, "`\(address.text)` gives the same page of a listing again and again",
        remedy: "update the server, whose paging is broken")
    }
    return PageToken(text: token, number: number + 1)
  }

  /// No store has as many pages.
  private static let mostPages = 1_000_000
}

/// Why a server did not give what was asked for.
private struct ServerRefusal {
  private let response: HTTPResponse
  private let code: String?
  /// What the server says, on one line.
  private let message: String

  init(_ response: HTTPResponse) {
    self.response = response
    let tree = try? JSONTree.parse(response.body)
    code = tree?["error_code"]?.string
    message =
      (tree?["message"]?.string ?? "").split(whereSeparator: \.isNewline).first
      .map { String($0.prefix(ServerRefusal.longestMessage)) } ?? ""
  }

  private static let longestMessage = 300

  /// Releases have no endpoint of a name that later ones have: not found, or not by this method.
  var isOfUnknownEndpoint: Bool {
    switch response.status {
    case 404, 405: code == nil || code == "ENDPOINT_NOT_FOUND"
    default: false
    }
  }

  func error(_ address: HTTPAddress, isKnown: Bool) -> ImportError {
    let place = "`\(address.text)`"
    let said = message.isEmpty ? "" : ": \(message)"
    let redirection = response.redirectedTo.map {
      "it sends requests on to `\($0)`, which is not told who asks; open that address itself"
    }
    switch response.status {
    case 401:
      return ImportError(
        .notReadable,
        isKnown
          ? "\(place) does not accept the user and password or the token that it was given"
          : "\(place) wants to know who asks",
        remedy: redirection
          ?? "set `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and "
          + "`MLFLOW_TRACKING_PASSWORD`, in the environment")
    case 403:
      return ImportError(
        .notReadable, "\(place) does not permit to read this\(said)",
        remedy: redirection
          ?? (isKnown
            ? "ask for the permission to read, or use another user or token"
            : "set `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and "
              + "`MLFLOW_TRACKING_PASSWORD`, in the environment"))
    case let status where HTTPFailure.passes(status: status):
      return ImportError(
        .notReadable, "\(place) cannot answer now (status \(status))\(said)",
        remedy: "try again later")
    case let status:
      return ImportError(
        .notReadable, "\(place) refuses a request (status \(status))\(said)",
        remedy: "check that the address is that of an MLflow server")
    }
  }
}
