import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions
import Synchronization

/// `text ~ pattern`: whether a regular expression is found anywhere in the text; null where
/// either is null.
struct MatchNode: ExpressionNode {
  let text: any ExpressionNode
  let pattern: any ExpressionNode
  let range: SourceRange?
  let control: RunControl
  private let texts = TextTableCache()
  private let compiled = CompiledPattern()
  var type: DataType { .bool }
  var isCheap: Bool { false }

  /// What a table says of a text on which the match failed.
  private static let failure: UInt8 = 2

  init(
    text: any ExpressionNode, pattern: any ExpressionNode, range: SourceRange?,
    control: RunControl
  ) {
    self.text = text
    self.pattern = pattern
    self.range = range
    self.control = control
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    let column = try text.evaluate(frame)
    let patterns = try pattern.evaluate(frame)
    if case .null? = column.constantValue { return .nulls(.bool, count: frame.count) }
    if case .null? = patterns.constantValue { return .nulls(.bool, count: frame.count) }
    do throws(FunctionError) {
      guard case .string(let pattern)? = patterns.constantValue else {
        return try matchEach(column, patterns)
      }
      let expression = try compiled.expression(pattern)
      if case .string(let text)? = column.constantValue {
        return .bool(try expression.matches(text), count: frame.count)
      }
      return try matchAll(column, expression)
    } catch {
      throw ExecutionError(
        error, topic: "regular expressions", range: range, control: control)
    }
  }

  /// One pattern for all rows: once per distinct text.
  private func matchAll(
    _ column: Column, _ expression: RegularExpression
  ) throws(FunctionError) -> Column {
    let mask: Buffer<UInt8>
    do {
      mask = try texts.results(column, control: control) { text in
        // A text that no row has must not fail the query.
        do { return try expression.matches(text) ? 1 : 0 } catch { return Self.failure }
      }
    } catch {
      throw FunctionError(error.message, hint: error.hint)
    }
    var failed = false
    for row in 0..<column.count { failed = failed || mask.base[row] == Self.failure }
    if failed {
      for row in 0..<column.count
      where mask.base[row] == Self.failure && !column.isNull(row) {
        guard case .string(let text) = column.value(at: row) else { continue }
        mask.base[row] = try expression.matches(text) ? 1 : 0
      }
      for row in 0..<column.count { mask.base[row] &= 1 }
    }
    return .mask(mask, validity: column.validity)
  }

  /// A pattern for each row, each distinct one compiled once.
  private func matchEach(_ column: Column, _ patterns: Column) throws(FunctionError) -> Column {
    let rows = TextRows(column)
    let (codes, dictionary) = patterns.codes()
    let present = intersection(column.presence, patterns.presence)
    let result = Buffer<UInt8>(repeating: 0, count: column.count)
    var known: [UInt32: RegularExpression] = [:]
    for row in 0..<column.count where present?[row] ?? true {
      if row & 0xF == 0 { try control.checkFunction() }
      let code = codes[row]
      let expression: RegularExpression
      if let compiled = known[code] {
        expression = compiled
      } else {
        expression = try RegularExpression.compile(dictionary[Int(code)])
        known[code] = expression
      }
      result.base[row] = try expression.matches(rows.utf8(row)) ? 1 : 0
    }
    return .mask(result, validity: present)
  }
}

/// The latest pattern, compiled.
private final class CompiledPattern: Sendable {
  private let latest = Mutex<RegularExpression?>(nil)

  func expression(_ pattern: String) throws(FunctionError) -> RegularExpression {
    if let known = latest.withLock({ $0 }), known.pattern == pattern { return known }
    let expression = try RegularExpression.compile(pattern)
    latest.withLock { $0 = expression }
    return expression
  }
}
