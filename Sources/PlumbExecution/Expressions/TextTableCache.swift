import PlumbColumns
import Synchronization

/// What a test of a text gives for each text of a dictionary, kept from batch to batch.
///
/// A table's batches share one dictionary, so that a test runs once per distinct text and a row
/// costs one look-up. Only the latest dictionary is kept.
final class TextTableCache: Sendable {
  private struct Entry {
    let dictionary: TextDictionary
    /// The result per code; always at least one entry.
    let table: Table?
    /// The rows asked for before the table was worth making.
    var rowsSeen: Int
  }

  /// What the test gives for each code.
  private struct Table {
    let results: Buffer<UInt8>
    /// The one code whose result is 1, if all others give 0: comparing with it is many times
    /// faster than looking each row up.
    let onlyCode: Int?

    init(_ results: Buffer<UInt8>) {
      self.results = results
      var code: Int?
      var total = 0
      for index in 0..<results.count where results.base[index] != 0 {
        total += Int(results.base[index])
        code = code ?? index
      }
      onlyCode = total == 1 ? code : nil
    }
  }

  private let entry = Mutex<Entry?>(nil)

  /// The table of a dictionary, or nil while it has many more texts than rows have been seen.
  private func table(
    for dictionary: TextDictionary, rows: Int, control: RunControl?,
    test: (UnsafeBufferPointer<UInt8>) -> UInt8
  ) throws(RunControl.Interruption) -> Table? {
    try entry.withLock { (entry) throws(RunControl.Interruption) in
      var seen = rows
      if let known = entry, known.dictionary === dictionary {
        if let table = known.table { return table }
        seen += known.rowsSeen
      }
      guard dictionary.count <= max(256, seen * 2) else {
        entry = Entry(dictionary: dictionary, table: nil, rowsSeen: seen)
        return nil
      }
      let results = Buffer<UInt8>(repeating: 0, count: max(1, dictionary.count))
      for code in 0..<dictionary.count {
        if code & 0xF == 0 { try control?.check() }
        results.base[code] = test(dictionary.utf8(code))
      }
      let table = Table(results)
      entry = Entry(dictionary: dictionary, table: table, rowsSeen: seen)
      return table
    }
  }

  /// The result of a test for each row of a text column that is not constant.
  ///
  /// Rows that are null give anything. Tests that may take long are given a control to be stopped
  /// by.
  func results(
    _ column: Column, control: RunControl? = nil, test: (UnsafeBufferPointer<UInt8>) -> UInt8
  ) throws(ExecutionError) -> Buffer<UInt8> {
    let validity = column.validity
    do throws(RunControl.Interruption) {
      switch column.storage {
      case .text8(let codes, let dictionary):
        return try results(codes, dictionary, validity, control, test)
      case .text16(let codes, let dictionary):
        return try results(codes, dictionary, validity, control, test)
      case .text32(let codes, let dictionary):
        return try results(codes, dictionary, validity, control, test)
      case .constant, .int8, .int16, .int32, .int64, .float, .bool, .list, .record:
        return Buffer(repeating: 0, count: column.count)
      }
    } catch {
      throw ExecutionError(error)
    }
  }

  private func results<Code: FixedWidthInteger & BitwiseCopyable>(
    _ codes: Values<Code>, _ dictionary: TextDictionary, _ validity: Bitmap?,
    _ control: RunControl?, _ test: (UnsafeBufferPointer<UInt8>) -> UInt8
  ) throws(RunControl.Interruption) -> Buffer<UInt8> {
    let count = codes.count
    let result = Buffer<UInt8>(count: count)
    let (source, target) = (codes.pointer, result.base)
    if let table = try table(for: dictionary, rows: count, control: control, test: test) {
      if let only = table.onlyCode {
        let code = Code(truncatingIfNeeded: only)
        for row in 0..<count { target[row] = source[row] == code ? 1 : 0 }
      } else {
        let known = table.results.base
        for row in 0..<count { target[row] = known[Int(truncatingIfNeeded: source[row])] }
      }
      withExtendedLifetime(table) {}
    } else {
      for row in 0..<count {
        if row & 0xF == 0 { try control?.check() }
        let isPresent = validity?[row] ?? true
        target[row] =
          isPresent ? test(dictionary.utf8(Int(truncatingIfNeeded: source[row]))) : 0
      }
    }
    withExtendedLifetime(codes) {}
    return result
  }
}
