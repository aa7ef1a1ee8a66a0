import Glibc
import PlumbColumns

/// Splits records into cells and stores them in typed segments: the inner loop of loading.
///
/// Eight bytes are searched at a time for the end of a cell; the bytes are padded, with a newline
/// after the last, so that no look ahead needs a bound.
struct CSVParser {
  let file: WholeFile
  let delimiter: UInt8
  /// The table's column of each column of the file.
  let columns: [Int]
  let pads: Bool
  /// The text that stands for null beside the empty cell.
  let null: [UInt8]

  /// Reads the records that begin in `range`; the last may end after it.
  func parse(
    _ range: Range<Int>, plans: [CSVPlan], given: [Bool], worker: CSVWorker, rowEstimate: Int
  ) -> CSVSegment {
    let segment = CSVSegment(
      start: range.lowerBound, worker: worker.index, plans: plans, given: given,
      capacity: rowEstimate)
    null.withUnsafeBufferPointer { null in
      columns.withUnsafeBufferPointer { columns in
        var run = CSVRun(
          base: UnsafePointer(file.bytes.baseAddress ?? UnsafePointer(segment.cells[0].nulls)),
          fileEnd: file.count, delimiter: delimiter, pads: pads, null: null, columns: columns,
          cells: segment.cells, worker: worker)
        run.parse(range, into: segment)
      }
    }
    return segment
  }
}

/// The state of one call of the parser.
private struct CSVRun {
  let base: UnsafePointer<UInt8>
  let fileEnd: Int
  let delimiter: UInt8
  let pads: Bool
  let null: UnsafeBufferPointer<UInt8>
  let columns: UnsafeBufferPointer<Int>
  let cells: UnsafeMutablePointer<CSVCells>
  let worker: CSVWorker

  mutating func parse(_ range: Range<Int>, into segment: CSVSegment) {
    var position = range.lowerBound
    var row = 0
    var capacity = segment.capacity
    let columnCount = columns.count
    let pattern = UInt64(delimiter) &* 0x0101_0101_0101_0101
    var unescaped = TextBuffer(capacity: 64)
    while position < range.upperBound {
      if row == capacity {
        segment.grow()
        capacity = segment.capacity
      }
      let recordStart = position
      var column = 0
      var end = 0
      while true {
        if base[position] != 0x22 {
          end = endOfCell(position, pattern)
          if column < columnCount {
            store(
              UnsafeBufferPointer(start: base + position, count: end &- position), position,
              isQuoted: false, isStable: true, column, row)
          }
        } else {
          // A quoted cell: up to the quote that no other follows.
          var close = position &+ 1
          var hasEscapes = false
          while true {
            guard let found = memchr(base + close, 0x22, max(fileEnd &- close, 0)) else {
              return segment.finish(end: position, rowCount: row, fault: (.openQuote, position))
            }
            close = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
            guard base[close &+ 1] == 0x22, close &+ 1 < fileEnd else { break }
            hasEscapes = true
            close &+= 2
          }
          let inner = UnsafeBufferPointer(
            start: base + position + 1, count: close &- position &- 1)
          if column < columnCount {
            if hasEscapes {
              unescape(inner, into: &unescaped)
              store(unescaped.bytes, position, isQuoted: true, isStable: false, column, row)
            } else {
              store(inner, position, isQuoted: true, isStable: true, column, row)
            }
          }
          end = close &+ 1
          let next = base[end]
          guard next == delimiter || next == 0x0A || next == 0x0D else {
            return segment.finish(end: position, rowCount: row, fault: (.textAfterQuote, end))
          }
        }
        column &+= 1
        if base[end] == delimiter, end < fileEnd {
          position = end &+ 1
          continue
        }
        break
      }
      // Past the end of the line, which at the end of the file may be missing.
      let isBlank = column == 1 && end == recordStart
      position =
        base[end] == 0x0D && base[end &+ 1] == 0x0A && end &+ 1 < fileEnd
        ? end &+ 2 : end &+ 1
      if column != columnCount {
        if isBlank {
          undo(row, 1)
          continue
        }
        guard pads else {
          let fault: CSVFault =
            column < columnCount
            ? .tooFewCells(column, expected: columnCount)
            : .tooManyCells(column, expected: columnCount)
          return segment.finish(end: recordStart, rowCount: row, fault: (fault, recordStart))
        }
        if segment.mended.count == 0 { segment.mended.offset = recordStart }
        segment.mended.count += 1
        while column < columnCount {
          store(
            UnsafeBufferPointer(start: base + end, count: 0), end, isQuoted: false,
            isStable: true, column, row)
          column &+= 1
        }
      }
      row &+= 1
    }
    segment.finish(end: min(position, fileEnd), rowCount: row)
  }

  /// Takes back the nulls of a blank line.
  private func undo(_ row: Int, _ columnCount: Int) {
    for column in 0..<columnCount {
      let cell = cells + columns[column]
      if cell.pointee.plan.valueBytes > 0, cell.pointee.nulls[row] != 0 {
        cell.pointee.nullCount &-= 1
      }
    }
  }

  /// The position of the next delimiter or end of line.
  @inline(__always)
  private func endOfCell(_ start: Int, _ pattern: UInt64) -> Int {
    var position = start
    while true {
      let word = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
      let found =
        zeroBytes(word ^ pattern) | zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | zeroBytes(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
      position &+= 8
    }
  }

  private func unescape(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout TextBuffer) {
    buffer.removeAll()
    var position = 0
    while position < text.count {
      buffer.append(text[position])
      position += text[position] == 0x22 ? 2 : 1
    }
  }

  // MARK: Cells

  /// Stores one cell; `isStable` says that its bytes stay where they are.
  @inline(__always)
  private func store(
    _ text: UnsafeBufferPointer<UInt8>, _ offset: Int, isQuoted: Bool, isStable: Bool,
    _ fileColumn: Int, _ row: Int
  ) {
    let column = columns[fileColumn]
    let cell = cells + column
    let plan = cell.pointee.plan
    if plan == .skip { return }
    if text.count == 0 || (null.count > 0 && !isQuoted && isNull(text)) {
      if text.count == 0, isQuoted, plan == .text {
        storeText(cell, text, column, row, isStable: isStable)
      } else {
        storeNull(cell, row)
      }
      return
    }
    switch plan {
    case .int:
      if let value = shortInteger(text) {
        cell.pointee.values.storeBytes(of: value, toByteOffset: row &* 8, as: Int.self)
        cell.pointee.nulls[row] = 0
        return
      }
      storeSlowly(cell, text, offset, row)
    case .float:
      if text.count < 20, let value = plainFloat(text) {
        cell.pointee.values.storeBytes(of: value, toByteOffset: row &* 8, as: Double.self)
        cell.pointee.nulls[row] = 0
        return
      }
      storeSlowly(cell, text, offset, row)
    case .text: storeText(cell, text, column, row, isStable: isStable)
    case .timestamp:
      if let value = TimestampText.parse(text) {
        cell.pointee.values.storeBytes(of: value, toByteOffset: row &* 8, as: Int.self)
        cell.pointee.nulls[row] = 0
        return
      }
      storeSlowly(cell, text, offset, row)
    case .bool:
      if let value = boolValue(text) {
        cell.pointee.values.storeBytes(of: value ? 1 : 0, toByteOffset: row, as: UInt8.self)
        cell.pointee.nulls[row] = 0
        return
      }
      storeSlowly(cell, text, offset, row)
    case .judge, .duration, .skip: storeSlowly(cell, text, offset, row)
    }
  }

  @inline(__always)
  private func isNull(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == null.count && equalTexts(text, null)
  }

  @inline(__always)
  private func storeNull(_ cell: UnsafeMutablePointer<CSVCells>, _ row: Int) {
    switch cell.pointee.plan {
    case .skip, .judge: return
    case .int, .float, .timestamp, .duration:
      cell.pointee.values.storeBytes(of: 0, toByteOffset: row &* 8, as: Int.self)
    case .text: cell.pointee.values.storeBytes(of: 0, toByteOffset: row &* 4, as: UInt32.self)
    case .bool: cell.pointee.values.storeBytes(of: 0, toByteOffset: row, as: UInt8.self)
    }
    cell.pointee.nulls[row] = 1
    cell.pointee.nullCount &+= 1
  }

  @inline(__always)
  private func storeText(
    _ cell: UnsafeMutablePointer<CSVCells>, _ text: UnsafeBufferPointer<UInt8>, _ column: Int,
    _ row: Int, isStable: Bool
  ) {
    let code: UInt32
    if let last = cell.pointee.lastText, let start = text.baseAddress,
      cell.pointee.lastLength == text.count, memcmp(last, start, text.count) == 0
    {
      code = cell.pointee.lastCode
    } else {
      code = worker.interner(column).pointee.intern(text)
      cell.pointee.lastText = isStable ? text.baseAddress : nil
      cell.pointee.lastLength = text.count
      cell.pointee.lastCode = code
    }
    cell.pointee.values.storeBytes(of: code, toByteOffset: row &* 4, as: UInt32.self)
    cell.pointee.nulls[row] = 0
  }

  /// A cell that the fast ways do not know: trimmed, judged, converted if it fits the plan.
  @inline(never)
  private func storeSlowly(
    _ cell: UnsafeMutablePointer<CSVCells>, _ text: UnsafeBufferPointer<UInt8>, _ offset: Int,
    _ row: Int
  ) {
    let text = trimmed(text)
    if text.isEmpty { return storeNull(cell, row) }
    let isGiven = cell.pointee.isGiven
    // Once a cell was text the column is, whatever the others are.
    if !isGiven {
      if cell.pointee.kinds.contains(.text) { return storeNull(cell, row) }
      cell.pointee.kinds.formUnion(cellKind(text))
    }
    var bits: Int?
    switch cell.pointee.plan {
    case .skip, .judge: return
    case .text: return
    case .int: bits = IntegerText.parse(text)
    case .float:
      bits = FloatText.parse(text).map { Int(truncatingIfNeeded: $0.bitPattern) }
    case .timestamp: bits = TimestampText.parse(text)
    case .duration: bits = durationValue(text)
    case .bool: bits = (boolValue(text) ?? (isGiven ? digitBool(text) : nil)).map { $0 ? 1 : 0 }
    }
    guard let bits else {
      if isGiven, cell.pointee.badOffset < 0 { cell.pointee.badOffset = offset }
      return storeNull(cell, row)
    }
    if cell.pointee.plan == .bool {
      cell.pointee.values.storeBytes(of: UInt8(bits), toByteOffset: row, as: UInt8.self)
    } else {
      cell.pointee.values.storeBytes(of: bits, toByteOffset: row &* 8, as: Int.self)
    }
    cell.pointee.nulls[row] = 0
  }

  private func digitBool(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard text.count == 1 else { return nil }
    return text[0] == 0x31 ? true : text[0] == 0x30 ? false : nil
  }

  /// A duration as people write it, or seconds, as it is written to files.
  private func durationValue(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    if let duration = DurationText.parse(text) { return duration }
    guard let seconds = FloatText.parse(text) else { return nil }
    return Int(exactly: (seconds * 1_000_000).rounded())
  }
}

/// The bytes of a word that are zero, marked in their upper bit. Marks above the lowest may be
/// wrong.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

/// An integer of at most 16 digits; nil for all else. Reads past the text, within the padding.
@inline(__always)
private func shortInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
  guard var start = text.baseAddress else { return nil }
  var count = text.count
  let isNegative = start[0] == 0x2D
  if isNegative {
    start += 1
    count &-= 1
  }
  guard count > 0, count <= 16, start[0] != 0x30 || count == 1 else { return nil }
  let value: UInt64
  if count <= 8 {
    let shift = UInt64(8 &- count) &* 8
    let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    // Zeros are put before the digits to make them eight.
    let digits = word &<< shift | 0x3030_3030_3030_3030 & ((1 &<< shift) &- 1)
    guard isEightDigits(digits) else { return nil }
    value = eightDigits(digits)
  } else {
    let shift = UInt64(16 &- count) &* 8
    let first = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    let high = first &<< shift | 0x3030_3030_3030_3030 & ((1 &<< shift) &- 1)
    let low = UnsafeRawPointer(start + (count &- 8)).loadUnaligned(as: UInt64.self)
    guard isEightDigits(high), isEightDigits(low) else { return nil }
    value = eightDigits(high) &* 100_000_000 &+ eightDigits(low)
  }
  return isNegative ? -Int(value) : Int(value)
}

/// A float that begins with a digit, but not with a 0 before another (that is a code).
@inline(__always)
private func plainFloat(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
  let position = text[0] == 0x2D ? 1 : 0
  guard text.count > position, text[position] &- 0x30 < 10 else { return nil }
  if text[position] == 0x30, text.count > position &+ 1, text[position &+ 1] &- 0x30 < 10 {
    return nil
  }
  return FloatText.parse(text)
}
