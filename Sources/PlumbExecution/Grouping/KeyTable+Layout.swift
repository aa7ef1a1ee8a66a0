import PlumbColumns

/// How keys become numbers, by what is known of their range.
extension KeyTable {
  /// Makes digits that cover all groups and the given rows, and enters all groups again.
  func layOut(_ sources: [KeySource]) {
    let isFirst = if case .none = mode { true } else { false }
    for (encoder, source) in zip(encoders, sources) {
      encoder.dropStep()
      if encoder.hasNewWords {
        encoder.tighten(source)
        encoder.hasNewWords = false
      }
      encoder.widen(for: source, withSlack: !isFirst)
    }
    var isDirect = assignStrides()
    // With slack, keys that grow from batch to batch are seldom laid out anew.
    let wideDigits = encoders.map(\.digit)
    if !isDirect {
      for (encoder, source) in zip(encoders, sources) { encoder.tighten(source) }
      isDirect = assignStrides() || assignSteps(sources, withSlack: !isFirst)
    }
    if isDirect {
      let slotCount = encoders.reduce(1) { $0 * ($1.digit.span + 1) }
      let table = Buffer<UInt32>(repeating: .max, count: Int(slotCount))
      for group in 0..<count { table.base[Int(slot(of: group))] = UInt32(group) }
      mode = .direct(table)
    } else if assignShifts(wideDigits) {
      layOutPacked()
    } else {
      mode = .wide(WordIndex(capacity: max(1024, count * 2)))
      if case .wide(let index) = mode {
        for group in 0..<count { index.insertNew(group, hash: wideHash(of: group)) }
      }
    }
  }

  private func layOutPacked() {
    let index = WordIndex(capacity: max(1024, count * 2))
    packedKeys = WordList()
    for group in 0..<count {
      let packed = encoders.reduce(0 as UInt64) {
        $0 | $1.digit(of: group) << $1.digit.shift
      }
      packedKeys.append(Int(truncatingIfNeeded: packed), isNull: false)
      index.insertNew(group, hash: wordHash(packed))
    }
    mode = .packed(index)
  }

  /// Whether direct addressing is possible; gives each key its stride.
  private func assignStrides() -> Bool {
    var stride: UInt64 = 1
    for encoder in encoders.reversed() {
      encoder.digit.stride = stride
      let (size, overflow) = encoder.digit.span.addingReportingOverflow(1)
      if overflow || size > directLimit { return false }
      stride *= size
      if stride > directLimit { return false }
    }
    return true
  }

  /// Whether direct addressing is possible in steps.
  private func assignSteps(_ sources: [KeySource], withSlack: Bool) -> Bool {
    let single = encoders.map(\.digit)
    for (encoder, source) in zip(encoders, sources) {
      encoder.takeSteps(source, limit: directLimit)
    }
    if withSlack {
      let tight = encoders.map(\.digit)
      for encoder in encoders { encoder.extendSteps() }
      if assignStrides() { return true }
      for (encoder, digit) in zip(encoders, tight) { encoder.digit = digit }
    }
    if assignStrides() { return true }
    for (encoder, digit) in zip(encoders, single) { encoder.digit = digit }
    return false
  }

  /// Whether all digits fit one word, those given or else the present ones; gives each key its
  /// place.
  private func assignShifts(_ digits: [KeyDigit]) -> Bool {
    let present = encoders.map(\.digit)
    for (encoder, digit) in zip(encoders, digits) { encoder.digit = digit }
    if assignShifts() { return true }
    for (encoder, digit) in zip(encoders, present) { encoder.digit = digit }
    return assignShifts()
  }

  private func assignShifts() -> Bool {
    var shift: UInt64 = 0
    for encoder in encoders.reversed() {
      encoder.digit.shift = shift
      // A digit is at most the span, 0 being null.
      shift += UInt64(64 - encoder.digit.span.leadingZeroBitCount)
      if shift > 64 || encoder.digit.span == .max { return false }
    }
    return true
  }

  private func slot(of group: Int) -> UInt64 {
    encoders.reduce(0) { $0 + $1.digit(of: group) * $1.digit.stride }
  }
}
