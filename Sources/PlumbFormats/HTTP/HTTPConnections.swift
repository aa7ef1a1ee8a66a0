import CCurl
import CCurlShim
import PlumbColumns

/// Connections to one server, closed with the value.
///
/// Requests run side by side; the caller's thread drives them and looks after the run's control
/// every few milliseconds. One thread uses a value at a time.
struct HTTPConnections: ~Copyable {
  private let library: CurlLibrary
  private let multi: UnsafeMutableRawPointer
  private let server: HTTPAddress
  private let identity: HTTPIdentity
  private let patience: HTTPPatience
  private let control: RunControl

  init(
    _ server: HTTPAddress, identity: HTTPIdentity, patience: HTTPPatience, control: RunControl
  ) throws(ImportError) {
    let library = try CurlLibrary.load()
    guard let multi = library.makeMulti() else {
      throw ImportError(.memoryLimit, "no memory left to connect to `\(server.text)`")
    }
    self.library = library
    self.multi = multi
    self.server = server
    self.identity = identity
    self.patience = patience
    self.control = control
  }

  deinit { _ = library.closeMulti(multi) }

  private static let pollMilliseconds: Int32 = 50
  private static let mostRedirections = 5

  /// Sends the requests of all jobs, also of those that answers lead to, such as the next page.
  ///
  /// Jobs begin in their order; answers come as they arrive.
  func exchange<Job>(
    _ jobs: [Job], request: (Job) -> HTTPRequest,
    answer: (Job, HTTPResponse) throws(ImportError) -> [Job]
  ) throws(ImportError) {
    var waiting = jobs.reversed().map { Attempt($0, request($0)) }
    var underWay: [(transfer: HTTPTransfer, attempt: Attempt<Job>)] = []
    defer { for (transfer, _) in underWay { end(transfer) } }
    while !waiting.isEmpty || !underWay.isEmpty {
      try control.checkImport()
      let now = monotonicMilliseconds()
      while underWay.count < patience.concurrency,
        let index = waiting.lastIndex(where: { $0.notBefore <= now })
      {
        let attempt = waiting.remove(at: index)
        underWay.append((try begin(attempt.request, isTrusted: attempt.isTrusted), attempt))
      }
      var running: Int32 = 0
      _ = library.perform(multi, &running)
      var left: Int32 = 0
      while let message = library.nextMessage(multi, &left) {
        guard message.pointee.msg == CURLMSG_DONE,
          let index = underWay.firstIndex(where: {
            $0.transfer.easy == message.pointee.easy_handle
          })
        else { continue }
        let code = message.pointee.data.result
        let (transfer, attempt) = underWay.remove(at: index)
        defer { end(transfer) }
        switch try outcome(of: transfer, code, attempt) {
        case .again(let next): waiting.append(next)
        case .response(let response):
          let next = try answer(attempt.job, response)
          waiting += next.reversed().map { Attempt($0, request($0)) }
        }
      }
      if !underWay.isEmpty || !waiting.isEmpty {
        _ = library.poll(multi, nil, 0, Self.pollMilliseconds, nil)
      }
    }
  }

  /// A job with its request, and what has become of it so far.
  private struct Attempt<Job> {
    let job: Job
    var request: HTTPRequest
    /// How often it has failed.
    var failures = 0
    var redirections = 0
    /// Whether the server that it goes to may know who asks.
    var isTrusted = true
    var notBefore = Int.min

    init(_ job: Job, _ request: HTTPRequest) {
      self.job = job
      self.request = request
    }
  }

  private enum Outcome<Job> {
    case again(Attempt<Job>)
    case response(HTTPResponse)
  }

  // MARK: One request

  private func begin(
    _ request: HTTPRequest, isTrusted: Bool
  ) throws(ImportError) -> HTTPTransfer {
    guard let easy = library.makeEasy() else {
      throw ImportError(.memoryLimit, "no memory left to ask `\(server.text)`")
    }
    let transfer = HTTPTransfer(easy, longestBodyBytes: patience.longestBodyBytes)
    library.set(easy, CURLOPT_URL, request.address)
    library.set(easy, CURLOPT_NOSIGNAL, 1)
    library.set(easy, CURLOPT_QUICK_EXIT, 1)
    library.set(easy, CURLOPT_CONNECTTIMEOUT_MS, patience.connectMilliseconds)
    library.set(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
    library.set(easy, CURLOPT_LOW_SPEED_TIME, patience.silenceSeconds)
    library.set(easy, CURLOPT_ACCEPT_ENCODING, "")
    library.set(easy, CURLOPT_USERAGENT, "plumb")
    if identity.isInsecure {
      library.set(easy, CURLOPT_SSL_VERIFYPEER, 0)
      library.set(easy, CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let file = identity.authorityFile { library.set(easy, CURLOPT_CAINFO, file) }
    var headers = ["Accept: application/json"]
    if let body = request.body {
      headers.append("Content-Type: application/json")
      library.set(easy, CURLOPT_POSTFIELDSIZE, body.utf8.count)
      library.set(easy, CURLOPT_COPYPOSTFIELDS, body)
    }
    if isTrusted {
      headers += identity.headers
      if let authorization = identity.authorization {
        headers.append("Authorization: \(authorization)")
      }
      if let file = identity.clientCertificateFile { library.set(easy, CURLOPT_SSLCERT, file) }
    }
    for header in headers {
      transfer.headers = library.appendHeader(transfer.headers, header)
    }
    library.set(easy, CURLOPT_HTTPHEADER, address: UnsafeMutableRawPointer(transfer.headers))
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    library.set(easy, CURLOPT_WRITEDATA, address: context)
    library.set(easy, CURLOPT_HEADERDATA, address: context)
    library.set(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      HTTPTransfer.from(context)?.receiveBody(bytes, size * count) ?? 0
    }
    library.set(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      HTTPTransfer.from(context)?.receiveHeader(bytes, size * count) ?? 0
    }
    _ = library.add(multi, easy)
    return transfer
  }

  private func end(_ transfer: HTTPTransfer) {
    _ = library.remove(multi, transfer.easy)
    library.closeEasy(transfer.easy)
    library.freeHeaders(transfer.headers)
  }

  private func outcome<Job>(
    of transfer: HTTPTransfer, _ code: CURLcode, _ attempt: Attempt<Job>
  ) throws(ImportError) -> Outcome<Job> {
    guard code == CURLE_OK else {
      if transfer.isTooLong {
        throw ImportError(
          .corrupt,
          "`\(server.text)` sends an answer of more than \(patience.longestBodyBytes >> 20) MiB",
          remedy: "check that the address is that of an MLflow server")
      }
      if HTTPFailure.passes(code), let next = later(attempt, nil) { return .again(next) }
      let detail = library.errorText(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
      throw HTTPFailure.error(code, detail, server, patience)
    }
    let status = library.number(transfer.easy, CURLINFO_RESPONSE_CODE)
    if let place = library.text(transfer.easy, CURLINFO_REDIRECT_URL) {
      return .again(try redirected(attempt, status, place))
    }
    if HTTPFailure.passes(status: status), let next = later(attempt, transfer.retryAfterSeconds) {
      return .again(next)
    }
    return .response(
      HTTPResponse(
        status: status, contentType: transfer.contentType, body: transfer.takeBody(),
        redirectedTo: attempt.redirections == 0
          ? nil : (try? HTTPAddress(attempt.request.address))?.text))
  }

  /// The attempt once more after a pause; nil when it was made often enough.
  private func later<Job>(_ attempt: Attempt<Job>, _ wishSeconds: Int?) -> Attempt<Job>? {
    guard attempt.failures < patience.retryCount else { return nil }
    var next = attempt
    next.failures += 1
    let doublings = min(attempt.failures, 16)
    let delay = max(patience.firstDelayMilliseconds << doublings, (wishSeconds ?? 0) * 1_000)
    next.notBefore = monotonicMilliseconds() + min(delay, patience.longestDelayMilliseconds)
    control.report(
      RunControl.Progress(
        activity: "waiting for \(server.text)", done: next.failures, total: patience.retryCount,
        unit: "retries"))
    return next
  }

  /// The attempt at the place that a server has sent it on to.
  ///
  /// Another server is not told who asks, and nothing goes from HTTPS back to HTTP.
  private func redirected<Job>(
    _ attempt: Attempt<Job>, _ status: Int, _ place: String
  ) throws(ImportError) -> Attempt<Job> {
    let target = try HTTPAddress(place)
    guard attempt.redirections < Self.mostRedirections else {
      throw ImportError(
        .notReadable, "`\(server.text)` sends requests on in a circle, last to `\(target.text)`",
        remedy: "check the address")
    }
    guard target.scheme == "https" || server.scheme == "http" else {
      throw ImportError(
        .notReadable, "`\(server.text)` sends requests on to `\(target.text)`, unencrypted",
        remedy: "open that address itself if it may be trusted")
    }
    var next = attempt
    next.request.address = place
    next.redirections += 1
    next.isTrusted = attempt.isTrusted && server.trusts(target)
    // See other: the answer is there to get.
    if status == 303 { next.request.body = nil }
    return next
  }
}

/// A request under way and what has arrived of its answer.
private final class HTTPTransfer {
  let easy: UnsafeMutableRawPointer
  var headers: UnsafeMutablePointer<curl_slist>?
  private(set) var contentType = ""
  private(set) var retryAfterSeconds: Int?
  private(set) var isTooLong = false
  private var body: [UInt8] = []
  private let longestBodyBytes: Int

  init(_ easy: UnsafeMutableRawPointer, longestBodyBytes: Int) {
    self.easy = easy
    self.longestBodyBytes = longestBodyBytes
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
    context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Takes bytes of the body and gives their number; fewer end the transfer.
  func receiveBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard body.count + count <= longestBodyBytes else {
      isTooLong = true
      return 0
    }
    body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }

  func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    guard let colon = line.firstIndex(of: ":") else { return count }
    let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    switch line[..<colon].lowercased() {
    case "content-type":
      contentType = value.prefix { $0 != ";" && $0 != " " }.lowercased()
    case "retry-after": retryAfterSeconds = Int(value)
    default: break
    }
    return count
  }

  func takeBody() -> [UInt8] {
    defer { body = [] }
    return body
  }
}
