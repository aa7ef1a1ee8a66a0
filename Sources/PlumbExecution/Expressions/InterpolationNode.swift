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
  var type: DataType { .string }
  var isCheap: Bool { false }

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
      var filled: [Filled] = []
      var isConstant = true
      for piece in pieces {
        let next: Filled
        switch piece {
        case .text(let text): next = .text(text)
        case .value(let node, let format):
          next = try fill(try evaluate(node, frame), format)
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
