import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

/// Text with values put in. Null is put in as the text `null`, so the result is never null.
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

  private enum Filled {
    case text(String)
    case codes(Column, Values<UInt32>, TextDictionary)
    case integers(Column, Values<Int>)
    case floats(Column, Values<Double>)
    case values(Column, format: String)
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
      var builder = TextColumnBuilder(capacity: frame.count)
      var buffer = TextBuffer()
      for row in 0..<(isConstant ? 1 : frame.count) {
        if row & 0xFF == 0 { try control.checkFunction() }
        buffer.removeAll()
        for piece in filled { try append(piece, row, to: &buffer) }
        builder.append(buffer.bytes)
      }
      let column = builder.finish()
      guard isConstant else { return column }
      return Column(constant: column.value(at: 0), type: .string, count: frame.count)
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
    if let value = column.constantValue { return .text(try formatValue(value, spec: format)) }
    guard format.isEmpty else { return .values(column, format: format) }
    switch column.type {
    case .int: return .integers(column, column.integers())
    case .float: return .floats(column, column.doubles())
    case .string:
      let (codes, dictionary) = column.codes()
      return .codes(column, codes, dictionary)
    case .null, .bool, .timestamp, .duration, .list, .record:
      return .values(column, format: "")
    }
  }

  private func append(
    _ piece: Filled, _ row: Int, to buffer: inout TextBuffer
  ) throws(FunctionError) {
    switch piece {
    case .text(let text): buffer.append(text)
    case .codes(let column, let codes, let dictionary):
      if column.isNull(row) { return buffer.append("null" as String) }
      buffer.append(dictionary.utf8(Int(codes[row])))
    case .integers(let column, let values):
      if column.isNull(row) { return buffer.append("null" as String) }
      buffer.append(integer: values[row])
    case .floats(let column, let values):
      if column.isNull(row) { return buffer.append("null" as String) }
      FloatText.append(values[row], to: &buffer)
    case .values(let column, let format):
      buffer.append(try formatValue(column.value(at: row), spec: format))
    }
  }
}
