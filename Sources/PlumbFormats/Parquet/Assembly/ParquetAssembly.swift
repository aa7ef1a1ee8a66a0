import PlumbColumns

/// Makes lists and records of the levels of the columns within them.
///
/// The way back of record shredding (Melnik et al., "Dremel: Interactive Analysis of Web-Scale
/// Datasets", 2010, section 4), column by column: a list's offsets follow from the levels of any
/// one column within it.
struct ParquetAssembly {
  let chunks: [Int: ParquetChunk]
  let leaves: [ParquetLeaf]
  /// Where the row group begins, for errors.
  let offset: Int

  /// Where a value of a shape stands: within how many lists, and how much of its path must be
  /// there for there to be a slot for it.
  private struct Context {
    var repetition = 0
    var definition = 0
  }

  /// The column of a shape, of as many rows as the row group.
  func column(_ shape: ParquetShape) throws(FormatFault) -> Column {
    if case .scalar(let leaf) = shape, leaves[leaf].repetition == 0 {
      return try chunk(leaf).column
    }
    return try column(shape, Context())
  }

  private func chunk(_ leaf: Int) throws(FormatFault) -> ParquetChunk {
    guard let chunk = chunks[leaf] else { throw disagreement(leaf) }
    return chunk
  }

  private func levels(_ shape: ParquetShape) throws(FormatFault) -> ParquetChunk.Levels {
    guard let leaf = shape.firstLeaf, let levels = try chunk(leaf).levels else {
      throw disagreement(shape.firstLeaf ?? 0)
    }
    return levels
  }

  private func disagreement(_ leaf: Int) -> FormatFault {
    FormatFault(
      "the column `\(leaves[leaf].path)` and one beside it have lists of other lengths",
      at: offset)
  }

  private func column(_ shape: ParquetShape, _ context: Context) throws(FormatFault) -> Column {
    switch shape {
    case .scalar(let leaf): try scalar(leaf, shape, context)
    case .list(let list): try self.list(list, shape, context)
    case .record(let record): try self.record(record, shape, context)
    }
  }

  private func scalar(
    _ leaf: Int, _ shape: ParquetShape, _ context: Context
  ) throws(FormatFault) -> Column {
    let chunk = try chunk(leaf)
    let levels = try levels(shape)
    let full = UInt8(leaves[leaf].definition)
    let least = UInt8(context.definition)
    let count = levels.definition.count
    let definition = levels.definition.pointer
    if chunk.column.count == count { return chunk.column }
    let places = Buffer<UInt32>(count: count)
    var (slots, values) = (0, 0)
    for slot in 0..<count where definition[slot] >= least {
      if definition[slot] == full {
        places.base[slots] = UInt32(truncatingIfNeeded: values)
        values += 1
      } else {
        places.base[slots] = .max
      }
      slots += 1
    }
    if chunk.column.count == 0 { return .nulls(chunk.column.type, count: slots) }
    return chunk.column.gatheredOptional(Values(places, offset: 0, count: slots))
  }

  private func list(
    _ list: ParquetShape.List, _ shape: ParquetShape, _ context: Context
  ) throws(FormatFault) -> Column {
    let levels = try levels(shape)
    let count = levels.definition.count
    let definition = levels.definition.pointer
    let repetition = levels.repetition.pointer
    let offsets = Buffer<Int>(count: count + 1)
    let present = Buffer<UInt8>(count: count)
    var (slots, elements, nulls) = (0, 0, 0)
    for slot in 0..<count {
      let depth = Int(definition[slot])
      let isFilled = depth >= list.filled
      if Int(repetition[slot]) < list.repetition {
        guard depth >= context.definition else { continue }
        offsets.base[slots] = elements
        let isPresent = depth >= list.present
        present.base[slots] = isPresent ? 1 : 0
        nulls += isPresent ? 0 : 1
        slots += 1
        elements += isFilled ? 1 : 0
      } else if Int(repetition[slot]) == list.repetition {
        elements += isFilled ? 1 : 0
      }
    }
    offsets.base[slots] = elements
    let inner = Context(repetition: list.repetition, definition: list.filled)
    let members = try column(list.element, inner)
    guard members.count == elements else { throw disagreement(shape.firstLeaf ?? 0) }
    return Column(
      type: shape.type(leaves), count: slots,
      storage: .list(offsets: Values(offsets, offset: 0, count: slots + 1), elements: members),
      validity: nulls > 0 ? Bitmap(bytes: present.base, count: slots) : nil)
  }

  private func record(
    _ record: ParquetShape.Record, _ shape: ParquetShape, _ context: Context
  ) throws(FormatFault) -> Column {
    let levels = try levels(shape)
    let count = levels.definition.count
    let present = Buffer<UInt8>(count: count)
    var (slots, nulls) = (0, 0)
    for slot in 0..<count {
      let depth = Int(levels.definition[slot])
      guard Int(levels.repetition[slot]) <= context.repetition, depth >= context.definition else {
        continue
      }
      let isPresent = depth >= record.present
      present.base[slots] = isPresent ? 1 : 0
      nulls += isPresent ? 0 : 1
      slots += 1
    }
    var fields: [Column] = []
    for field in record.fields {
      let column = try column(field, context)
      guard column.count == slots else { throw disagreement(field.firstLeaf ?? 0) }
      fields.append(column)
    }
    return Column(
      type: shape.type(leaves), count: slots, storage: .record(fields),
      validity: nulls > 0 ? Bitmap(bytes: present.base, count: slots) : nil)
  }
}
