package import PlumbColumns

/// Puts a column together from several of one type: row `i` is row `i` of `choices[picks[i]]`.
package func chooseRows(_ choices: [Column], picks: [UInt8], type: DataType) -> Column {
  let count = picks.count
  var validity: Bitmap?
  if choices.contains(where: \.mayHaveNulls) {
    validity = Bitmap((0..<count).map { !choices[Int(picks[$0])].isNull($0) })
  }
  switch type {
  case .int, .timestamp, .duration:
    let storage = Column.Storage.int64(picked(choices.map { $0.integers() }, picks))
    return Column(type: type, count: count, storage: storage, validity: validity)
  case .float:
    let storage = Column.Storage.float(picked(choices.map { $0.doubles() }, picks))
    return Column(type: type, count: count, storage: storage, validity: validity)
  case .bool:
    let storage = Column.Storage.bool(picked(choices.map { $0.bools() }, picks))
    return Column(type: type, count: count, storage: storage, validity: validity)
  case .string:
    return pickedTexts(choices, picks)
  case .null, .list, .record:
    return Column((0..<count).map { choices[Int(picks[$0])].value(at: $0) }, type: type)
  }
}

private func picked<Element: BitwiseCopyable>(
  _ choices: [Values<Element>], _ picks: [UInt8]
) -> Values<Element> {
  let result = Buffer<Element>(count: picks.count)
  let target = result.base
  for (choice, values) in choices.enumerated() {
    let source = values.pointer
    for row in 0..<picks.count where picks[row] == UInt8(choice) { target[row] = source[row] }
    withExtendedLifetime(values) {}
  }
  return Values(result)
}

private func pickedTexts(_ choices: [Column], _ picks: [UInt8]) -> Column {
  var builder = TextColumnBuilder(capacity: picks.count)
  let texts = choices.map { TextRows($0) }
  for row in 0..<picks.count {
    let choice = Int(picks[row])
    if choices[choice].isNull(row) {
      builder.appendNull()
    } else {
      builder.append(texts[choice].utf8(row))
    }
  }
  return builder.finish()
}
