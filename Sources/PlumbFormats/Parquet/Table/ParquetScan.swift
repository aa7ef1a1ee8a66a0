import PlumbColumns
import Synchronization

/// One read of some columns of some row groups: stored columns are decoded on all threads, then
/// put together.
struct ParquetScan {
  private let parts: [ParquetPart]
  private let partitions: PartitionColumns
  /// The row groups to read, of which part each is, in order.
  private let groups: [(part: Int, group: Int)]
  private let fields: [Schema.Field]
  private let control: RunControl

  /// A stored column in one row group.
  private struct Task: Sendable {
    let place: Int
    let leaf: Int
  }

  init(
    _ parts: [ParquetPart], _ partitions: PartitionColumns, groups: [(part: Int, group: Int)],
    fields: [Schema.Field], control: RunControl
  ) {
    self.parts = parts
    self.partitions = partitions
    self.groups = groups
    self.fields = fields
    self.control = control
  }

  var rowCount: Int { groups.reduce(0) { $0 + rows(of: $1) } }

  private func rows(of place: (part: Int, group: Int)) -> Int {
    parts[place.part].file.metadata.rowGroups[place.group].rowCount
  }

  func columns() throws(ImportError) -> [Column] {
    let chunks = try decode(try openFiles())
    let finished = Mutex([Column?](repeating: nil, count: fields.count))
    let failure = Mutex<ImportError?>(nil)
    parallelFor(threadCount: control.threadCount, taskCount: fields.count) { index in
      do throws(ImportError) {
        try control.checkImport()
        let column = try assemble(fields[index], chunks)
        finished.withLock { $0[index] = column }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return finished.withLock { $0.compactMap(\.self) }
  }

  private func openFiles() throws(ImportError) -> [Int: ParquetGroupReader] {
    var readers: [Int: ParquetGroupReader] = [:]
    for (part, _) in groups where readers[part] == nil {
      readers[part] = ParquetGroupReader(
        parts[part].file, try parts[part].file.open(), control: control)
    }
    return readers
  }

  // MARK: Decoding

  /// For each row group the stored columns by their numbers.
  private func decode(
    _ readers: [Int: ParquetGroupReader]
  ) throws(ImportError) -> [[Int: ParquetChunk]] {
    var tasks: [Task] = []
    for (place, group) in groups.enumerated() {
      var leaves: Set<Int> = []
      for field in fields {
        leaves.formUnion(parts[group.part].columns[field.name]?.leaves ?? [])
      }
      tasks += leaves.sorted().map { Task(place: place, leaf: $0) }
    }
    let all = tasks
    let wide = wideColumns()
    do { try control.reserve(wide.count * rowCount * 8) } catch { throw ImportError(error) }
    let targets = wide.mapValues { ParquetValues($0, count: rowCount) }
    let starts = groupStarts()
    let total = all.reduce(0) { $0 + byteCount($1) }
    let done = Atomic<Int>(0)
    let results = Mutex([[Int: ParquetChunk]](repeating: [:], count: groups.count))
    let failure = Mutex<(task: Int, error: ImportError)?>(nil)
    parallelFor(threadCount: control.threadCount, taskCount: all.count) { index in
      guard failure.withLock({ $0 == nil }) else { return }
      let (part, group) = groups[all[index].place]
      do throws(ImportError) {
        guard let reader = readers[part] else { return }
        let (place, leaf) = (all[index].place, all[index].leaf)
        let target = targets[leaf].map { ParquetTarget(values: $0, start: starts[place]) }
        let chunk = try reader.chunk(leaf, of: parts[part].leaves, group: group, into: target)
        results.withLock { $0[place][leaf] = chunk }
      } catch {
        failure.withLock { if $0 == nil || index < $0?.task ?? 0 { $0 = (index, error) } }
      }
      let now = done.wrappingAdd(byteCount(all[index]), ordering: .relaxed).newValue
      control.report(
        RunControl.Progress(
          activity: "reading \(parts[part].file.path)", done: now, total: total, unit: "bytes"))
    }
    if let (_, error) = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0 }
  }

  /// The row of the table at which each row group begins.
  private func groupStarts() -> [Int] {
    var next = 0
    return groups.map { group in
      defer { next += rows(of: group) }
      return next
    }
  }

  /// The stored columns, in no list, whose values take eight bytes in the table too: floats, and
  /// integers that statistics show beyond 32 bits. For tables of one file.
  private func wideColumns() -> [Int: ParquetReading.Rule] {
    guard parts.count == 1, groups.count > 1 else { return [:] }
    var result: [Int: ParquetReading.Rule] = [:]
    for field in fields {
      guard case .stored(.scalar(let leaf))? = parts[0].columns[field.name],
        isWide(parts[0].leaves[leaf], leaf)
      else { continue }
      result[leaf] = parts[0].leaves[leaf].reading.rule
    }
    return result
  }

  private func isWide(_ leaf: ParquetLeaf, _ index: Int) -> Bool {
    let chunks = groups.map { parts[0].file.metadata.rowGroups[$0.group].columns[index] }
    guard leaf.repetition == 0, chunks.allSatisfy(\.isPlausible) else { return false }
    switch leaf.reading.rule {
    case .float, .float16, .decimal, .unsigned64AsFloat: return true
    case .integer, .unsigned32, .unsigned64, .int96, .decimalInteger:
      return chunks.contains {
        (ParquetBounds($0, leaf).greatestInteger ?? 0) > Int(Int32.max)
      }
    case .bool, .text, .bytes, .hexadecimal, .uuid, .interval: return false
    }
  }

  private func byteCount(_ task: Task) -> Int {
    let (part, group) = groups[task.place]
    return parts[part].file.metadata.rowGroups[group].columns[task.leaf].compressedBytes
  }

  // MARK: Columns

  private func assemble(
    _ field: Schema.Field, _ chunks: [[Int: ParquetChunk]]
  ) throws(ImportError) -> Column {
    let isHexadecimal = hasInvalidText(field, chunks)
    var pieces: [Column] = []
    for (place, group) in groups.enumerated() {
      let part = parts[group.part]
      guard let content = part.columns[field.name] else {
        let value = partitions.value(field.name, file: group.part) ?? .null
        pieces.append(Column(constant: value, type: field.type, count: rows(of: group)))
        continue
      }
      var own = chunks[place]
      if isHexadecimal { own = own.mapValues { $0.withHexadecimals() } }
      let first = part.file.metadata.rowGroups[group.group].columns.first?.start ?? 0
      let assembly = ParquetAssembly(chunks: own, leaves: part.leaves, offset: first)
      do throws(FormatFault) {
        switch content {
        case .stored(let shape): pieces.append(try assembly.column(shape))
        case .member(let map, let key):
          pieces.append(MapColumns.member(key, of: try assembly.column(map.shape)))
        }
      } catch {
        throw error.error(in: part.file.path)
      }
    }
    return joined(pieces.map { $0.widened(to: field.type) }, field.type)
  }

  /// The pieces as one column, without a copy where they already lie beside each other.
  private func joined(_ pieces: [Column], _ type: DataType) -> Column {
    let whole: Column.Storage?
    switch pieces.first?.storage {
    case .int64(let values)? where values.buffer.count == rowCount && groups.count > 1:
      whole = .int64(Values(values.buffer))
    case .float(let values)? where values.buffer.count == rowCount && groups.count > 1:
      whole = .float(Values(values.buffer))
    default: whole = nil
    }
    guard let whole else { return Column.concatenated(pieces, type: type) }
    return Column(
      type: type, count: rowCount, storage: whole,
      validity: Column.concatenatedValidity(pieces, rowCount))
  }

  /// Whether a value that is text in other rows is none, so that all are written in digits.
  private func hasInvalidText(_ field: Schema.Field, _ chunks: [[Int: ParquetChunk]]) -> Bool {
    for (place, group) in groups.enumerated() {
      for leaf in parts[group.part].columns[field.name]?.leaves ?? []
      where chunks[place][leaf]?.hasInvalidText ?? false {
        return true
      }
    }
    return false
  }
}

extension ParquetChunk {
  /// The chunk with the hexadecimal digits of values that need not be text.
  fileprivate func withHexadecimals() -> ParquetChunk {
    let (codes, dictionary): (Values<UInt32>, TextDictionary)
    switch column.storage {
    case .text8, .text16, .text32: (codes, dictionary) = column.codes()
    default: return self
    }
    return ParquetChunk(
      column: Column(
        type: column.type, count: column.count,
        storage: .text(codes, dictionary.hexadecimals()), validity: column.validity),
      hasInvalidText: false, levels: levels)
  }
}
