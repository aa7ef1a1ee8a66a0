import PlumbColumns
import PlumbFormats

extension OutputFormat {
  package static let arrow = arrow(
    name: "arrow", summary: "an Arrow file (Feather version 2) with LZ4; for files",
    ["arrow", "feather"], isStream: false)
  package static let arrowStream = arrow(
    name: "arrows", summary: "an Arrow stream; for files and pipes", ["arrows"], isStream: true)

  private static func arrow(
    name: String, summary: String, _ extensions: [String], isStream: Bool
  ) -> OutputFormat {
    OutputFormat(
      name: name, summary: summary, extensions: extensions, isBinary: true,
      compressions: ArrowCompression.allCases.map(\.rawValue),
      renderTable: { (table, options, sink) throws(OutputError) in
        let compression = options.compression.flatMap { ArrowCompression(rawValue: $0) }
        var writer = ArrowWriter<OutputError>(isStream: isStream, compression: compression) {
          (bytes) throws(OutputError) in
          try options.checkRun()
          try sink.write(bytes)
        }
        try writer.write(table)
      },
      appendValue: { value, _, buffer in buffer.append(JSONText.write(value)) })
  }
}
