import PlumbColumns

/// The schema that Arrow's writers put beside the one of the format, as the value of the key
/// `ARROW:schema`: the schema message of the Arrow IPC format in base 64. It tells of durations,
/// for which the format has no type.
enum StoredArrowSchema {
  static let key = "ARROW:schema"

  /// The units of columns of durations by the columns' paths, of fields of structures too; none if
  /// the text is no such schema, because the file can be read without it.
  static func durationUnits(_ text: String) -> [String: ArrowUnit] {
    guard let bytes = Base64.decoded(text) else { return [:] }
    return bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, fileOffset: 0)
      guard let message = try? ArrowMessage(&reader), message.kind == .schema,
        let fields = try? ArrowField.fields(message.header)
      else { return [:] }
      var units: [String: ArrowUnit] = [:]
      for field in fields { collect(field, field.name, &units) }
      return units
    }
  }

  private static func collect(
    _ field: ArrowField, _ path: String, _ units: inout [String: ArrowUnit]
  ) {
    switch field.type {
    case .time(.duration, bits: 64, let unit): units[path] = unit
    case .structure:
      for child in field.children { collect(child, path + "." + child.name, &units) }
    default: break
    }
  }
}
