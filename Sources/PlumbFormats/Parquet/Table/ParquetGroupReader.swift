import PlumbColumns

/// Reads column chunks of one file.
struct ParquetGroupReader: Sendable {
  let file: ParquetFile
  private let handle: OpenFile
  private let control: RunControl

  init(_ file: ParquetFile, _ handle: OpenFile, control: RunControl) {
    self.file = file
    self.handle = handle
    self.control = control
  }

  /// The values of a stored column in a row group.
  func chunk(
    _ leaf: Int, of leaves: [ParquetLeaf], group: Int, into target: ParquetTarget? = nil
  ) throws(ImportError) -> ParquetChunk {
    let group = file.metadata.rowGroups[group]
    do throws(FormatFault) {
      let chunk = group.columns[leaf]
      guard !chunk.isEncrypted else {
        throw FormatFault(
          "the column `\(leaves[leaf].path)` is encrypted", at: chunk.start, isUnsupported: true)
      }
      let reader = try ParquetChunkReader(
        handle, leaf: leaves[leaf], chunk: chunk, rowCount: group.rowCount, control: control)
      return try reader.read(into: target)
    } catch {
      throw error.error(in: file.path)
    }
  }

  /// Whether unsigned values beyond 63 bits occur in a column; reads it if statistics do not tell.
  func exceedsSigned(_ leaf: Int) throws(ImportError) -> Bool {
    let leaves = file.schema.leaves
    for (index, group) in file.metadata.rowGroups.enumerated() {
      let statistics = group.columns[leaf].statistics
      if let maximum = statistics?.maximum, maximum.count == 8 {
        if maximum[7] >= 0x80 { return true }
        continue
      }
      if group.columns[leaf].isEncrypted { continue }
      do throws(ImportError) {
        _ = try chunk(leaf, of: leaves, group: index)
      } catch {
        guard error.kind == .corrupt else { throw error }
        // A value beyond, or damage that reading the column will name.
        return true
      }
    }
    return false
  }

  /// The keys of a map in order of appearance.
  func keys(_ map: ParquetMap, _ leaves: [ParquetLeaf]) throws(ImportError) -> [String] {
    var interner = TextInterner()
    for (index, group) in file.metadata.rowGroups.enumerated() {
      if group.columns[map.keyLeaf].isEncrypted { continue }
      try control.checkImport()
      let column = try chunk(map.keyLeaf, of: leaves, group: index).column
      guard column.count > 0 else { continue }
      let (_, dictionary) = column.codes()
      for code in 0..<dictionary.count { _ = interner.intern(dictionary.utf8(code)) }
    }
    let dictionary = interner.finish()
    return (0..<dictionary.count).map { dictionary[$0] }
  }
}
