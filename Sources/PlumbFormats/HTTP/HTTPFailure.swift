import CCurl
import PlumbColumns

/// What it means that a request failed.
enum HTTPFailure {
  /// Whether a failure on the way may pass: a connection that broke, a server that starts anew.
  static func passes(_ code: CURLcode) -> Bool {
    [
      CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM,
    ].contains(code)
  }

  /// Whether an answer says that the server cannot answer now.
  static func passes(status: Int) -> Bool { [408, 429, 500, 502, 503, 504].contains(status) }

  /// The error for a request that had no answer.
  static func error(
    _ code: CURLcode, _ detail: String, _ server: HTTPAddress, _ patience: HTTPPatience
  ) -> ImportError {
    let place = "`\(server.text)`"
    switch code {
    case CURLE_COULDNT_CONNECT:
      return ImportError(
        .notReadable, "cannot connect to \(place): nothing answers there",
        remedy: "check host and port, and that the server runs")
    case CURLE_COULDNT_RESOLVE_HOST:
      return ImportError(
        .notReadable, "cannot connect to \(place): no host is called `\(server.host)`",
        remedy: "check the host's name and the network")
    case CURLE_COULDNT_RESOLVE_PROXY:
      return ImportError(
        .notReadable, "cannot connect to \(place): the proxy's host is not known",
        remedy: "check the environment variables `http_proxy` and `https_proxy`")
    case CURLE_OPERATION_TIMEDOUT:
      return ImportError(
        .notReadable, "\(place) does not answer in time",
        remedy: "try again, or wait longer: `MLFLOW_HTTP_REQUEST_TIMEOUT=300` for 300 seconds "
          + "(now \(patience.silenceSeconds))")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      return ImportError(
        .notReadable, "the certificate of \(place) is not trusted: \(sentence(detail))",
        remedy:
          "name the file of the authority that signed it in `MLFLOW_TRACKING_SERVER_CERT_PATH`"
      )
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      return ImportError(
        .notReadable, "cannot make a secure connection to \(place): \(sentence(detail))",
        remedy: "check that the server speaks HTTPS on this port")
    case CURLE_PARTIAL_FILE:
      return ImportError(
        .corrupt, "an answer of \(place) ends in the middle",
        remedy: "try again; if it stays so, look at the server's log and at proxies before it")
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      return ImportError(
        .notReadable, "\(place) ended the connection: \(sentence(detail))",
        remedy: "try again; if it stays so, look at the server's log and at proxies before it")
    default:
      return ImportError(
        .notReadable, "cannot read from \(place): \(sentence(detail))",
        remedy: "check that an MLflow server answers at this address")
    }
  }

  /// libcurl's text as the end of a sentence.
  private static func sentence(_ text: String) -> String {
    let first = text.prefix(2)
    // An abbreviation keeps its capitals.
    return first == first.uppercased() ? text : text.prefix(1).lowercased() + text.dropFirst()
  }
}
