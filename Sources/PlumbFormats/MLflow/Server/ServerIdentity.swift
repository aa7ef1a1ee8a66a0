import PlumbColumns

extension HTTPIdentity {
  /// Who asks an MLflow server, as MLflow's own client has it.
  ///
  /// In the order in which they count: user and password of the address; those of the variables
  /// `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, else of the file
  /// `~/.mlflow/credentials`; `MLFLOW_TRACKING_TOKEN`.
  static func mlflow(
    _ server: HTTPAddress, _ environment: MLflowEnvironment
  ) throws(ImportError) -> HTTPIdentity {
    var identity = HTTPIdentity()
    let file = environment.fileLogin
    let user = server.user ?? environment["MLFLOW_TRACKING_USERNAME"] ?? file.user
    let password = server.password ?? environment["MLFLOW_TRACKING_PASSWORD"] ?? file.password
    if let user, let password {
      identity.authorization = "Basic " + Base64.encoded(Array("\(user):\(password)".utf8))
    } else if let token = environment["MLFLOW_TRACKING_TOKEN"] {
      try requireHeaderText(token, "MLFLOW_TRACKING_TOKEN")
      identity.authorization = "Bearer " + token
    }
    if let workspace = environment["MLFLOW_WORKSPACE"] {
      try requireHeaderText(workspace, "MLFLOW_WORKSPACE")
      identity.headers.append("X-MLFLOW-WORKSPACE: \(workspace)")
    }
    identity.isInsecure =
      ["true", "1"].contains(environment["MLFLOW_TRACKING_INSECURE_TLS"]?.lowercased())
    identity.authorityFile = environment["MLFLOW_TRACKING_SERVER_CERT_PATH"]
    identity.clientCertificateFile = environment["MLFLOW_TRACKING_CLIENT_CERT_PATH"]
    return identity
  }

  /// A line end in a header would begin another one.
  private static func requireHeaderText(_ text: String, _ variable: String) throws(ImportError) {
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw ImportError(
        .badOption, "the variable `\(variable)` holds a line end or another control character",
        remedy: "set it without one")
    }
  }
}

extension HTTPPatience {
  /// How long an MLflow server is waited for: as its client has it, within bounds.
  static func mlflow(_ environment: MLflowEnvironment) -> HTTPPatience {
    var patience = HTTPPatience()
    if let seconds = environment.number("MLFLOW_HTTP_REQUEST_TIMEOUT", in: 1...3_600) {
      patience.silenceSeconds = seconds
    }
    if let count = environment.number("MLFLOW_HTTP_REQUEST_MAX_RETRIES", in: 0...10) {
      patience.retryCount = count
    }
    if let seconds = environment.number("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", in: 0...10) {
      patience.firstDelayMilliseconds = seconds * 1_000
    }
    return patience
  }
}
