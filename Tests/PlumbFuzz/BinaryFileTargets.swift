import PlumbColumns

extension FuzzTarget {
  /// Reading any bytes as an Arrow file or stream.
  package static let arrow = FuzzTarget(name: "arrow") { bytes in
    _ = readFile(bytes, ending: ".arrows", control: RunControl(memoryLimitBytes: 1 << 30))
  }

  /// Reading any bytes as a Parquet file.
  package static let parquet = FuzzTarget(name: "parquet") { bytes in
    _ = readFile(bytes, ending: ".parquet", control: RunControl(memoryLimitBytes: 1 << 30))
  }
}
