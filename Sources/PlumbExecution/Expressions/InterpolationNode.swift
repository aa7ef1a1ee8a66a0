import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

/// Text with values put in.
///
/// Null is put in as the text `null`, so the result is never null.
struct InterpolationNode: ExpressionNode {
  let pieces: [Piece]
  let range: SourceRange?
  let control: RunControl
  /// What joining each piece to those before it keeps from batch to batch.
  private let joins: [(dictionaries: FramedDictionaryCache, pairs: PairedDictionaryCache)]
  var type: DataType { .string }
  var isCheap: Bool { false }

  init(pieces: [Piece], range: SourceRange?, control: RunControl) {
    self.pieces = pieces
    self.range = range
    self.control = control
    joins = pieces.map { _ in (FramedDictionaryCache(), PairedDictionaryCache()) }
  }

  enum Piece: Sendable {
    case text(String)
    case value(any ExpressionNode, format: String)
  }

  /// A piece ready for the loop over rows.
  private enum Filled {
    case text(String)
    case numbers(Values<Int>, Bitmap?)
    case floats(Values<Double>, Bitmap?)
    /// Floats with so many decimal places.
    case fixed(Values<Double>, Bitmap?, digits: Int)
    /// One text per value: of a dictionary, or of the distinct values of another type.
    case coded(Values<UInt32>, TextDictionary)
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    do throws(FunctionError) {
      var columns: [Column] = []
      for piece in pieces {
        switch piece {
        case .text(let text):
          columns.append(Column(constant: .string(text), type: .string, count: frame.count))
        case .value(let node, _): columns.append(try evaluate(node, frame))
        }
      }
      if let joined = joinedByCode(columns, frame.count) { return joined }
      var filled: [Filled] = []
      var isConstant = true
      for (piece, column) in zip(pieces, columns) {
        let next: Filled
        switch piece {
        case .text(let text): next = .text(text)
        case .value(_, let format): next = try fill(column, format)
        }
        if case .text = next {} else { isConstant = false }
        filled.append(next)
      }
      if isConstant {
        let whole = filled.reduce(into: "") { text, piece in
          if case .text(let part) = piece { text += part }
        }
        return Column(constant: .string(whole), type: .string, count: frame.count)
      }
      return try joined(filled, frame.count)
    } catch {
      throw ExecutionError(error, topic: "text", range: range, control: control)
    }
  }

  /// The pieces of each row by their codes, where all are texts and few: then equal rows share one
  /// text, and batches a dictionary.
  private func joinedByCode(_ columns: [Column], _ count: Int) -> Column? {
    var combinations = 1
    for (piece, column) in zip(pieces, columns) {
      if case .value(_, let format) = piece, !format.isEmpty { return nil }
      guard column.type == .string, column.validity == nil else { return nil }
      if case .null? = column.constantValue { return nil }
      guard let dictionary = column.dictionary else { continue }
      let (size, overflow) = combinations.multipliedReportingOverflow(by: dictionary.count)
      guard !overflow, size > 0, size <= PairedDictionaryCache.mostPairs, size <= count else {
        return nil
      }
      combinations = size
    }
    guard combinations > 1, let first = columns.first else { return nil }
    return zip(columns, joins).dropFirst().reduce(first) { whole, next in
      whole.constantValue != nil && next.0.constantValue != nil
        ? joinedConstants(whole, next.0)
        : joinedTexts(whole, next.0, next.1.dictionaries, next.1.pairs)
    }
  }

  private func joinedConstants(_ a: Column, _ b: Column) -> Column {
    guard case .string(let first)? = a.constantValue, case .string(let second)? = b.constantValue
    else { return a }
    return Column(constant: .string(first + second), type: .string, count: a.count)
  }

  private func evaluate(
    _ node: any ExpressionNode, _ frame: RowFrame
  ) throws(FunctionError) -> Column {
    do { return try node.evaluate(frame) } catch {
      throw FunctionError(error.message, hint: error.hint)
    }
  }

  private func fill(_ column: Column, _ format: String) throws(FunctionError) -> Filled {
    if let value = column.constantValue {
      return .text(try ValueFormat(format, for: column.type).text(of: value))
    }
    switch column.type {
    case .int where format.isEmpty: return .numbers(column.integers(), column.validity)
    case .float where format.isEmpty: return .floats(column.doubles(), column.validity)
    case .float where column.count > 0:
      let parsed = try ValueFormat(format, for: .float)
      guard let digits = parsed.fixedDigits else { return try fillTexts(column, format) }
      return .fixed(column.doubles(), column.validity, digits: digits)
    case .null, .bool, .int, .float, .string, .timestamp, .duration, .list, .record:
      return try fillTexts(column, format)
    }
  }

  /// Formats value by value, a text per distinct code where the column is text.
  private func fillTexts(_ column: Column, _ format: String) throws(FunctionError) -> Filled {
    let (codes, known) = column.type == .string ? column.codes() : (allCodes(column.count), .empty)
    var builder = TextDictionaryBuilder()
    var codeOfNull: UInt32?
    var newCodes: [UInt32: UInt32] = [:]
    let result = Buffer<UInt32>(count: column.count)
    // A column of no rows has no fault in its format.
    let parsed = column.count > 0 ? try ValueFormat(format, for: column.type) : nil
    for row in 0..<column.count {
      if row & 0xFF == 0 { try control.checkFunction() }
      let code: UInt32?
      if column.isNull(row) {
        code = codeOfNull
      } else {
        code = column.type == .string ? newCodes[codes[row]] : nil
      }
      if let code {
        result.base[row] = code
        continue
      }
      let new = UInt32(truncatingIfNeeded: builder.count)
      if format.isEmpty, column.type == .string, !column.isNull(row) {
        builder.append(known.utf8(Int(codes[row])))
      } else {
        builder.append(try parsed?.text(of: column.value(at: row)) ?? "")
      }
      result.base[row] = new
      if column.isNull(row) {
        codeOfNull = new
      } else if column.type == .string {
        newCodes[codes[row]] = new
      }
    }
    return .coded(Values(result), builder.finish())
  }

  private func allCodes(_ count: Int) -> Values<UInt32> {
    Values((0..<count).map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The pieces of each row one behind the other.
  ///
  /// Rows are mostly different, so that looking for equal ones is left to those who need it.
  private func joined(_ pieces: [Filled], _ count: Int) throws(FunctionError) -> Column {
    var buffer = TextBuffer(capacity: count * 16)
    let ends = Buffer<Int>(count: count + 1)
    ends.base[0] = 0
    for row in 0..<count {
      if row & 0xFF == 0 { try control.checkFunction() }
      for index in pieces.indices { append(pieces[index], row, to: &buffer) }
      ends.base[row + 1] = buffer.count
    }
    let bytes = Buffer<UInt8>(count: buffer.count)
    if let source = buffer.bytes.baseAddress { bytes.base.update(from: source, count: bytes.count) }
    let dictionary = TextDictionary(bytes: bytes, offsets: ends, count: count, isUnique: false)
    return Column(
      type: .string, count: count, storage: .text(allCodes(count), dictionary))
  }

  @inline(__always)
  private func append(_ piece: borrowing Filled, _ row: Int, to buffer: inout TextBuffer) {
    switch piece {
    case .text(let text): buffer.append(text)
    case .coded(let codes, let dictionary): buffer.append(dictionary.utf8(Int(codes[row])))
    case .numbers(let values, let presence):
      if let presence, !presence[row] { return buffer.append("null" as String) }
      buffer.append(integer: values[row])
    case .floats(let values, let presence):
      if let presence, !presence[row] { return buffer.append("null" as String) }
      FloatText.append(values[row], to: &buffer)
    case .fixed(let values, let presence, let digits):
      if let presence, !presence[row] { return buffer.append("null" as String) }
      appendFixed(values[row], digits: digits, to: &buffer)
    }
  }
}
