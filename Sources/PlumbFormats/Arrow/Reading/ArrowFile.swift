import PlumbColumns

/// Reads a file of the Arrow IPC format, whole: a file with an end that lists its batches (Feather
/// version 2), or a stream.
struct ArrowFile {
  private let path: String
  private let bytes: UnsafeRawBufferPointer
  private let control: RunControl

  /// The mark at both ends of a file, and not of a stream.
  static let magic = Array("ARROW1".utf8)
  /// The first bytes of a message since 2019.
  static let continuation: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
  /// The mark of Feather's first version, a format of its own.
  static let firstFeatherMagic = Array("FEA1".utf8)
  private static let tailBytes = 10

  /// A file's columns and batches before they are put together.
  private struct Contents {
    var fields: [ArrowField] = []
    var batches: [[Column]] = []
    var rowCounts: [Int] = []
    var columns: ArrowColumns
  }

  /// The table of a file, and what the user should know of it.
  static func read(
    _ path: String, _ control: RunControl
  ) throws(ImportError) -> (table: Table, warnings: [String]) {
    let file = try WholeFile.read(path, control)
    let reader = ArrowFile(
      path: path, bytes: UnsafeRawBufferPointer(file.bytes), control: control)
    defer { withExtendedLifetime(file) {} }
    do throws(FormatFault) {
      return try reader.table()
    } catch {
      throw error.error(in: path)
    }
  }

  private init(path: String, bytes: UnsafeRawBufferPointer, control: RunControl) {
    self.path = path
    self.bytes = bytes
    self.control = control
  }

  private func table() throws(FormatFault) -> (table: Table, warnings: [String]) {
    var columns = ArrowColumns()
    while true {
      let contents = try read(columns)
      guard contents.columns.mustReadAgain else {
        try control.checkFormat()
        return ArrowAssembly(contents.fields, contents.columns, path: path)
          .table(contents.batches, rowCounts: contents.rowCounts)
      }
      columns = ArrowColumns(floats: contents.columns.floats, digits: contents.columns.digits)
    }
  }

  private func read(_ columns: ArrowColumns) throws(FormatFault) -> Contents {
    guard !bytes.starts(with: Self.firstFeatherMagic) else {
      throw FormatFault("it is a Feather file of version 1", at: 0, isUnsupported: true)
    }
    var contents = Contents(columns: columns)
    if bytes.starts(with: Self.magic) {
      try readFile(&contents)
    } else {
      try readStream(&contents)
    }
    return contents
  }

  private func readStream(_ contents: inout Contents) throws(FormatFault) {
    var reader = ByteReader(bytes, fileOffset: 0)
    guard let first = try ArrowMessage(&reader), first.kind == .schema else {
      throw reader.fault("a stream begins with its schema, and this one does not")
    }
    contents.fields = try ArrowField.fields(first.header)
    let dictionaries = Self.dictionaries(contents.fields)
    while let message = try ArrowMessage(&reader) {
      try add(message, dictionaries, &contents)
    }
  }

  private func readFile(_ contents: inout Contents) throws(FormatFault) {
    let marks = Self.magic.count
    guard bytes.count >= marks + Self.tailBytes, bytes.suffix(marks).elementsEqual(Self.magic)
    else {
      throw FormatFault("it does not end in ARROW1, so it was cut off", at: bytes.count)
    }
    let lengthPlace = bytes.count - Self.tailBytes
    let length = Int(bytes.loadUnaligned(fromByteOffset: lengthPlace, as: Int32.self))
    guard length > 0, length <= lengthPlace - marks else {
      throw FormatFault("its end says that it has \(length) bytes", at: lengthPlace)
    }
    let start = lengthPlace - length
    let footer = try FlatTable(
      root: UnsafeRawBufferPointer(rebasing: bytes[start..<lengthPlace]), fileOffset: start)
    guard let schema = try footer.table(1) else { throw footer.fault("it has no schema") }
    contents.fields = try ArrowField.fields(schema)
    let dictionaries = Self.dictionaries(contents.fields)
    for slot in [2, 3] {
      let blocks = try footer.vector(slot, size: 24)
      for index in 0..<blocks.count {
        let offset = try footer.element(blocks, index, size: 24, Int64.self)
        guard offset >= 0, offset < Int64(start) else {
          throw footer.fault("a batch lies outside of the file")
        }
        var reader = ByteReader(
          UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<start]), fileOffset: Int(offset))
        guard let message = try ArrowMessage(&reader) else {
          throw reader.fault("a batch is empty")
        }
        try add(message, dictionaries, &contents)
      }
    }
  }

  /// The columns that have dictionaries, by the dictionaries' numbers.
  private static func dictionaries(_ fields: [ArrowField]) -> [Int: ArrowField] {
    var found: [Int: ArrowField] = [:]
    var open = fields
    while let field = open.popLast() {
      if let dictionary = field.dictionary { found[dictionary.id] = field }
      open += field.children
    }
    return found
  }

  private func add(
    _ message: ArrowMessage, _ dictionaries: [Int: ArrowField], _ contents: inout Contents
  ) throws(FormatFault) {
    try control.checkFormat()
    switch message.kind {
    case .schema: throw message.header.fault("it has a second schema")
    case .dictionaryBatch:
      try contents.columns.addDictionary(message, fields: dictionaries)
    case .recordBatch:
      var batch = try ArrowBatch(message.header, message)
      var columns: [Column] = []
      for field in contents.fields {
        columns.append(try contents.columns.column(field, &batch, expected: batch.length))
      }
      let rows = contents.rowCounts.reduce(0, +)
      guard batch.length <= ParquetFile.maximumRows - rows else {
        throw batch.fault("it has more than 4 billion rows")
      }
      contents.batches.append(columns)
      contents.rowCounts.append(batch.length)
      control.report(
        RunControl.Progress(
          activity: "reading \(path)", done: message.bodyOffset, total: bytes.count,
          unit: "bytes"))
    }
  }
}
