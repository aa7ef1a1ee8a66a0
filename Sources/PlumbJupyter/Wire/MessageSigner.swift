import CSodium

/// Signs and checks messages: HMAC-SHA256 over their four JSON frames (RFC 2104).
///
/// The state after the key is kept, so that the key is hashed once.
struct MessageSigner: Sendable {
  private let keyed: crypto_auth_hmacsha256_state?

  /// With an empty key nothing is signed and everything is accepted.
  init(key: [UInt8]) {
    guard !key.isEmpty else {
      keyed = nil
      return
    }
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    keyed = state
  }

  /// The signature in hexadecimal digits.
  func signature(of frames: ArraySlice<[UInt8]>) -> [UInt8] {
    guard var state = keyed else { return [] }
    for frame in frames {
      crypto_auth_hmacsha256_update(&state, frame, UInt64(frame.count))
    }
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_bytes()))
    crypto_auth_hmacsha256_final(&state, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Whether a signature is right; the time that it takes tells nothing about it.
  func accepts(_ signature: [UInt8], of frames: ArraySlice<[UInt8]>) -> Bool {
    let expected = self.signature(of: frames)
    guard keyed != nil else { return true }
    return expected.count == signature.count
      && sodium_memcmp(expected, signature, expected.count) == 0
  }
}

/// An identifier that no other message has: 128 random bits, as RFC 9562 writes them (version 4).
func randomIdentifier() -> String {
  var bytes = [UInt8](repeating: 0, count: 16)
  randombytes_buf(&bytes, bytes.count)
  bytes[6] = bytes[6] & 0x0F | 0x40
  bytes[8] = bytes[8] & 0x3F | 0x80
  var text = ""
  for (index, byte) in bytes.enumerated() {
    if [4, 6, 8, 10].contains(index) { text += "-" }
    let digits = String(byte, radix: 16)
    text += digits.count == 1 ? "0" + digits : digits
  }
  return text
}
