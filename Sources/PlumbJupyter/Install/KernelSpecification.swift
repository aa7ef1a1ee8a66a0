import PlumbColumns

/// What Jupyter needs to know of a kernel to offer and start it.
package struct KernelSpecification: Sendable {
  /// The name of the folder, and what `jupyter console --kernel` takes.
  package let name: String
  /// What people see.
  package let displayName: String
  /// The path of the program, which should stay right when the program is replaced by a newer one.
  package let program: String

  package init(name: String, displayName: String, program: String) throws(KernelError) {
    let isValid = name.utf8.allSatisfy { byte in
      switch byte | 0x20 {
      case 0x61...0x7A, 0x30...0x39: true
      default: byte == 0x2E || byte == 0x5F || byte == 0x2D
      }
    }
    guard isValid, !name.isEmpty else {
      throw KernelError(
        "`\(name)` is no name for a kernel",
        remedy: "take ASCII letters, digits, `.`, `_` and `-`")
    }
    self.name = name
    self.displayName = displayName
    self.program = program
  }

  /// The text of `kernel.json`.
  package var json: String {
    let tree: JSONTree = [
      "argv": [.string(program), "kernel", "run", "-f", "{connection_file}"],
      "display_name": .string(displayName), "language": "plumb", "interrupt_mode": "message",
      // From 5.6 on, clients may hand over a file of another kind.
      "kernel_protocol_version": .string(MessageWriter.protocolVersion),
      "metadata": ["debugger": false, "supported_encryption": ["curve"]],
    ]
    return tree.indentedText + "\n"
  }

  /// The picture that clients show: a plumb line.
  package static let logo = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="Plumb">
    <rect width="64" height="64" rx="12" fill="#12355b"/>
    <path d="M14 12h36" stroke="#fff" stroke-width="5" stroke-linecap="round"/>
    <path d="M32 12v22" stroke="#e69f00" stroke-width="3"/>
    <path d="M22 34h20l-3 9-7 12-7-12z" fill="#e69f00"/>
    </svg>

    """
}
