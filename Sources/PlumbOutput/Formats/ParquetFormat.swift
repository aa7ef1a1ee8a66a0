import PlumbColumns
import PlumbFormats

extension OutputFormat {
  package static let parquet = OutputFormat(
    name: "parquet", summary: "Parquet, with zstd, dictionaries and statistics; for files",
    extensions: ["parquet"], isBinary: true,
    renderTable: { (table, options, sink) throws(OutputError) in
      var writer = ParquetWriter<OutputError>(threadCount: options.control?.threadCount ?? 1) {
        (bytes) throws(OutputError) in
        try options.checkRun()
        try sink.write(bytes)
      }
      try writer.write(table)
    },
    appendValue: { value, _, buffer in buffer.append(JSONText.write(value)) })
}
