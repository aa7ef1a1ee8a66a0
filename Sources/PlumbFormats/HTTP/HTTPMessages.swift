import PlumbColumns

/// A request that changes nothing on the server, so that it may be sent again.
struct HTTPRequest: Sendable {
  /// The address with the query.
  var address: String
  /// A JSON text to post; nil for a request that only gets.
  var body: String?
}

/// What a server answered.
struct HTTPResponse: Sendable {
  let status: Int
  /// The media type without its parameters, in lower case; empty if the server names none.
  let contentType: String
  let body: [UInt8]
  /// Where the answer came from if the server had sent the request on to there.
  let redirectedTo: String?
}

/// Whom a server is told that asks, and how its own identity is checked.
struct HTTPIdentity: Sendable {
  /// The value of the header `Authorization`; a secret.
  var authorization: String?
  /// Other headers, such as `X-Name: value`.
  var headers: [String] = []
  /// Whether the server's certificate is left unchecked.
  var isInsecure = false
  /// A file of certificates to trust in place of the system's.
  var authorityFile: String?
  /// A file with a certificate of the client and its key.
  var clientCertificateFile: String?
}

/// How long a server is waited for, and how often.
struct HTTPPatience: Sendable {
  var connectMilliseconds = 10_000
  /// For how long nothing may arrive.
  var silenceSeconds = 120
  /// How often a request is sent again that failed for a reason that passes.
  var retryCount = 4
  var firstDelayMilliseconds = 500
  var longestDelayMilliseconds = 10_000
  /// Requests that are under way at once.
  var concurrency = 4
  /// A longer answer is an error.
  var longestBodyBytes = 1 << 28
}
