package import PlumbColumns

/// A text argument, row by row.
package struct TextRows: Sendable {
  let codes: Values<UInt32>
  let dictionary: TextDictionary

  package init(_ column: Column) { (codes, dictionary) = column.codes() }

  /// The text of a row.
  package subscript(row: Int) -> String { dictionary[Int(codes[row])] }

  /// The UTF-8 of a row's text, valid while the argument is.
  package func utf8(_ row: Int) -> UnsafeBufferPointer<UInt8> { dictionary.utf8(Int(codes[row])) }
}

/// Rows for which a function has to be computed: one for each distinct combination of arguments,
/// as far as that is cheap to know.
///
/// Text is dictionary-coded, so a function of one text column has far fewer inputs than rows.
struct DistinctRows {
  /// The first row of each distinct input, in order of first appearance.
  let representatives: [Int]
  /// The position in `representatives` of each row's input; absent when it is the row itself.
  let positions: [UInt32]?
}

extension KernelCall {
  /// The text of argument `index`.
  package func text(_ index: Int) -> TextRows { TextRows(arguments[index]) }

  /// The value of an argument that is the same in every row, if it is.
  package func constantText(_ index: Int) -> String? {
    if case .string(let text)? = arguments[index].constantValue { text } else { nil }
  }

  /// A text for each row, or null, computed once for each distinct input.
  func mapTexts(
    _ operation: (Int) throws(FunctionError) -> String?
  ) throws(FunctionError) -> Column {
    var interner = TextInterner()
    var validity = ValidityBuilder()
    let rows = distinctRows()
    var codes: [UInt32] = []
    codes.reserveCapacity(rows.representatives.count)
    for (position, row) in rows.representatives.enumerated() {
      if position & 63 == 0 { try environment.control.checkFunction() }
      guard isValid(row) else {
        codes.append(0)
        validity.appendNull()
        continue
      }
      do {
        if let text = try operation(row) {
          codes.append(interner.intern(text))
          validity.appendValid()
        } else {
          codes.append(0)
          validity.appendNull()
        }
      } catch {
        throw error.at(row: row)
      }
    }
    // Code 0 must stand for a text even where every row is null.
    if interner.count == 0 { _ = interner.intern("") }
    let spread = Buffer<UInt32>(count: count)
    let bitmap = spreadOut(codes, validity.finish(), rows, into: spread.base)
    return Column(
      type: .string, count: count, storage: .text(Values(spread), interner.finish()),
      validity: bitmap)
  }

  /// An int (or what is kept as one) for each row, or null, once for each distinct input.
  func mapToIntegers(
    _ operation: (Int) throws(FunctionError) -> Int?
  ) throws(FunctionError) -> Column {
    let result = Buffer<Int>(count: count)
    let bitmap = try mapDistinct(0, operation, into: result.base)
    return integerColumn(result, validity: bitmap)
  }

  /// A float for each row, or null, once for each distinct input.
  func mapToFloats(
    _ operation: (Int) throws(FunctionError) -> Double?
  ) throws(FunctionError) -> Column {
    let result = Buffer<Double>(count: count)
    let bitmap = try mapDistinct(0, operation, into: result.base)
    return Column(
      type: .float, count: count, storage: .float(Values(result)), validity: bitmap)
  }

  /// A bool for each row, or null, once for each distinct input.
  func mapToBools(
    _ operation: (Int) throws(FunctionError) -> Bool?
  ) throws(FunctionError) -> Column {
    let result = Buffer<UInt8>(count: count)
    let bitmap = try mapDistinct(
      0, { (row) throws(FunctionError) in try operation(row).map { $0 ? 1 : 0 } },
      into: result.base)
    return Column(type: .bool, count: count, storage: .bool(Values(result)), validity: bitmap)
  }

  /// A value of the result's type for each row, once for each distinct input.
  ///
  /// For lists and other results that are not worth a loop of their own.
  func mapToValues(
    _ operation: (Int) throws(FunctionError) -> Value
  ) throws(FunctionError) -> Column {
    let rows = distinctRows()
    var values: [Value] = []
    values.reserveCapacity(rows.representatives.count)
    for (position, row) in rows.representatives.enumerated() {
      if position & 63 == 0 { try environment.control.checkFunction() }
      guard isValid(row) else {
        values.append(.null)
        continue
      }
      do { values.append(try operation(row)) } catch { throw error.at(row: row) }
    }
    guard let positions = rows.positions else { return Column(values, type: resultType) }
    return Column(positions.map { values[Int($0)] }, type: resultType)
  }

  private func mapDistinct<Result: BitwiseCopyable>(
    _ zero: Result, _ operation: (Int) throws(FunctionError) -> Result?,
    into target: UnsafeMutablePointer<Result>
  ) throws(FunctionError) -> Bitmap? {
    let rows = distinctRows()
    var validity = ValidityBuilder()
    var results: [Result] = []
    results.reserveCapacity(rows.representatives.count)
    for (position, row) in rows.representatives.enumerated() {
      if position & 63 == 0 { try environment.control.checkFunction() }
      guard isValid(row) else {
        results.append(zero)
        validity.appendNull()
        continue
      }
      do {
        if let result = try operation(row) {
          results.append(result)
          validity.appendValid()
        } else {
          results.append(zero)
          validity.appendNull()
        }
      } catch {
        throw error.at(row: row)
      }
    }
    return spreadOut(results, validity.finish(), rows, into: target)
  }

  /// Gives each row the result of its input.
  private func spreadOut<Result: BitwiseCopyable>(
    _ results: [Result], _ validity: Bitmap?, _ rows: DistinctRows,
    into target: UnsafeMutablePointer<Result>
  ) -> Bitmap? {
    guard let positions = rows.positions else {
      for row in 0..<count { target[row] = results[row] }
      return validity
    }
    results.withUnsafeBufferPointer { results in
      for row in 0..<count { target[row] = results[Int(positions[row])] }
    }
    guard let validity else { return nil }
    return Bitmap((0..<count).map { validity[Int(positions[$0])] })
  }

  private func distinctRows() -> DistinctRows {
    let varying = arguments.indices.filter { arguments[$0].constantValue == nil }
    if varying.isEmpty, functions.isEmpty, count > 0 {
      return DistinctRows(
        representatives: [0], positions: Array(repeating: 0, count: count))
    }
    if varying.count == 1, arguments[varying[0]].type == .string {
      let (codes, dictionary) = arguments[varying[0]].codes()
      // A dictionary much larger than the batch would cost more to go through than the rows.
      if dictionary.count <= max(count * 2, 256) {
        return distinctCodes(codes, dictionary.count)
      }
    }
    return DistinctRows(representatives: Array(0..<count), positions: nil)
  }

  private func distinctCodes(_ codes: Values<UInt32>, _ dictionaryCount: Int) -> DistinctRows {
    let unseen = UInt32.max
    var positionOfCode = [UInt32](repeating: unseen, count: dictionaryCount)
    var positionOfNull = unseen
    var representatives: [Int] = []
    var positions = [UInt32](repeating: 0, count: count)
    for row in 0..<count {
      if !isValid(row) {
        // A row without a value shares the code of some text, but not its result.
        if positionOfNull == unseen {
          positionOfNull = UInt32(representatives.count)
          representatives.append(row)
        }
        positions[row] = positionOfNull
        continue
      }
      let code = Int(codes[row])
      if positionOfCode[code] == unseen {
        positionOfCode[code] = UInt32(representatives.count)
        representatives.append(row)
      }
      positions[row] = positionOfCode[code]
    }
    return DistinctRows(representatives: representatives, positions: positions)
  }
}
