import CCurl
import CCurlShim
import PlumbColumns

/// The functions of libcurl.
struct CurlLibrary: Sendable {
  let makeEasy: @convention(c) () -> UnsafeMutableRawPointer?
  let closeEasy: @convention(c) (UnsafeMutableRawPointer?) -> Void
  private let setOption: @convention(c) () -> Void
  private let getInformation: @convention(c) () -> Void
  let errorText: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
  let appendHeader:
    @convention(c) (UnsafeMutablePointer<curl_slist>?, UnsafePointer<CChar>?) ->
      UnsafeMutablePointer<curl_slist>?
  let freeHeaders: @convention(c) (UnsafeMutablePointer<curl_slist>?) -> Void
  let makeMulti: @convention(c) () -> UnsafeMutableRawPointer?
  let closeMulti: @convention(c) (UnsafeMutableRawPointer?) -> CURLMcode
  let add: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CURLMcode
  let remove: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CURLMcode
  let perform: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>?) -> CURLMcode
  let poll:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UInt32, Int32,
      UnsafeMutablePointer<Int32>?
    ) -> CURLMcode
  let nextMessage:
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>?) ->
      UnsafeMutablePointer<CURLMsg>?

  /// The library, loaded at the first call.
  static func load() throws(ImportError) -> CurlLibrary { try loaded.get() }

  private static let loaded = Result<CurlLibrary, ImportError> { () throws(ImportError) in
    try CurlLibrary()
  }

  private init() throws(ImportError) {
    let library = try LoadedLibrary(
      "libcurl",
      files: ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"],
      purpose: "reading from a server",
      remedy: "install it: `apt install libcurl4` on Debian and Ubuntu, `dnf install libcurl` on "
        + "Fedora")
    let initialize = try library.function(
      "curl_global_init", (@convention(c) (Int) -> CURLcode).self)
    makeEasy = try library.function("curl_easy_init", type(of: makeEasy))
    closeEasy = try library.function("curl_easy_cleanup", type(of: closeEasy))
    setOption = try library.function("curl_easy_setopt", type(of: setOption))
    getInformation = try library.function("curl_easy_getinfo", type(of: getInformation))
    errorText = try library.function("curl_easy_strerror", type(of: errorText))
    appendHeader = try library.function("curl_slist_append", type(of: appendHeader))
    freeHeaders = try library.function("curl_slist_free_all", type(of: freeHeaders))
    makeMulti = try library.function("curl_multi_init", type(of: makeMulti))
    closeMulti = try library.function("curl_multi_cleanup", type(of: closeMulti))
    add = try library.function("curl_multi_add_handle", type(of: add))
    remove = try library.function("curl_multi_remove_handle", type(of: remove))
    perform = try library.function("curl_multi_perform", type(of: perform))
    poll = try library.function("curl_multi_poll", type(of: poll))
    nextMessage = try library.function("curl_multi_info_read", type(of: nextMessage))
    // CURL_GLOBAL_ALL, a macro that Swift does not see.
    guard initialize(3) == CURLE_OK else {
      throw ImportError(
        .notReadable, "the library libcurl cannot be started", remedy: "check its installation")
    }
  }

  // Options of a request. An option that an older libcurl does not know keeps its default.

  func set(_ easy: UnsafeMutableRawPointer, _ option: CURLoption, _ value: Int) {
    _ = shim_set_number(setOption, easy, option, value)
  }

  func set(_ easy: UnsafeMutableRawPointer, _ option: CURLoption, _ value: String) {
    _ = shim_set_text(setOption, easy, option, value)
  }

  func set(
    _ easy: UnsafeMutableRawPointer, _ option: CURLoption, address: UnsafeMutableRawPointer?
  ) {
    _ = shim_set_address(setOption, easy, option, address)
  }

  func set(
    _ easy: UnsafeMutableRawPointer, _ option: CURLoption, receiver: curl_write_callback
  ) {
    _ = shim_set_receiver(setOption, easy, option, receiver)
  }

  func number(_ easy: UnsafeMutableRawPointer, _ what: CURLINFO) -> Int {
    var value = 0
    _ = shim_get_number(getInformation, easy, what, &value)
    return value
  }

  func text(_ easy: UnsafeMutableRawPointer, _ what: CURLINFO) -> String? {
    var value: UnsafePointer<CChar>?
    _ = shim_get_text(getInformation, easy, what, &value)
    return value.map { String(cString: $0) }
  }
}
