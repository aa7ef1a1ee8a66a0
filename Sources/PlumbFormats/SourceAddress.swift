/// The two forms of addresses: paths, and places in a network.
package enum SourceAddress {
  /// What stands before `://`, in lower case; nil for a path.
  package static func scheme(of address: String) -> String? {
    guard let end = address.firstRange(of: "://") else { return nil }
    let scheme = address[..<end.lowerBound]
    // RFC 3986, section 3.1.
    guard scheme.first?.isLetter ?? false,
      scheme.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
          UInt8(ascii: "."):
          true
        default: false
        }
      })
    else { return nil }
    return scheme.lowercased()
  }
}
