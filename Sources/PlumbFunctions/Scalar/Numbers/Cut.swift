import PlumbColumns

extension ScalarFunction {
  static let cut = ScalarFunction(
    "cut", topic: "numbers",
    summary: "The interval between two breaks that a number falls into, as text.",
    details: """
      Intervals hold their left end: `[0, 10)`. Below the first break it is `< 0`, from \
      the last one on `>= 100`; NaN falls into none and gives null. `labels` names the \
      intervals, one more than there are breaks. Breaks that do not ascend are an error.
      """,
    overloads: [
      Overload(
        [
          Parameter("x", .float), Parameter("breaks", .list(.float), isConstant: true),
          Parameter(
            "labels", .list(.string), default: .list([], element: .string), isConstant: true),
        ], result: .always(.string)
      ) { (call) throws(FunctionError) in
        let breaks = try ascendingBreaks(call.arguments[1])
        let given = texts(call.arguments[2])
        guard given.isEmpty || given.count == breaks.count + 1 else {
          throw FunctionError(
            "`cut` with \(breaks.count) breaks needs \(breaks.count + 1) labels, not \(given.count)"
          )
        }
        let labels = given.isEmpty ? intervalLabels(breaks) : given
        let input = call.arguments[0].doubles()
        let codes = Buffer<UInt32>(count: call.count)
        var validity = ValidityBuilder()
        for row in 0..<call.count {
          let x = input[row]
          if x.isNaN { validity.appendNull() } else { validity.appendValid() }
          codes.base[row] = x.isNaN ? 0 : UInt32(position(of: x, in: breaks))
        }
        return Column(
          type: .string, count: call.count,
          storage: .text(
            Values(codes),
            TextDictionary(labels, isUnique: Set(labels).count == labels.count)),
          validity: validity.finish())
      }
    ],
    examples: [
      Example("cut(5, [0, 10, 100])", "[0, 10)"),
      Example("cut(10, [0, 10, 100])", "[10, 100)"),
      Example("cut(-1, [0, 10])", "< 0"),
      Example("cut(100, [0, 10, 100])", ">= 100"),
      Example(#"cut(0.7, [0.5], labels = ["low", "high"])"#, "high"),
      Example("cut(null, [0, 10])", "null"),
      Example("cut(nan, [0, 10])", "null"),
      Example("cut(1, [])", "error: `cut` needs at least one break"),
      Example(
        "cut(1, [10, 0])", "error: the breaks of `cut` must ascend, and 0 does not follow 10"),
    ])
}

private func ascendingBreaks(_ column: Column) throws(FunctionError) -> [Double] {
  guard case .list(let values, _)? = column.count > 0 ? column.value(at: 0) : nil else {
    return [0]
  }
  let breaks = values.compactMap { value -> Double? in
    if case .float(let double) = value { double } else { nil }
  }
  guard !breaks.isEmpty else { throw FunctionError("`cut` needs at least one break") }
  for (a, b) in zip(breaks, breaks.dropFirst()) where !(a < b) {
    throw FunctionError(
      "the breaks of `cut` must ascend, and \(breakText(b)) does not follow \(breakText(a))")
  }
  return breaks
}

private func texts(_ column: Column) -> [String] {
  guard column.count > 0, case .list(let values, _) = column.value(at: 0) else { return [] }
  return values.map(plainText)
}

private func intervalLabels(_ breaks: [Double]) -> [String] {
  let texts = breaks.map(breakText)
  let inner = zip(texts, texts.dropFirst()).map { "[\($0), \($1))" }
  return ["< \(texts[0])"] + inner + [">= \(texts[texts.count - 1])"]
}

/// A break as people write it: whole numbers without decimal places.
private func breakText(_ value: Double) -> String {
  Int(exactly: value).map(String.init) ?? FloatText.format(value)
}

/// The number of breaks that are not above `x`.
private func position(of x: Double, in breaks: [Double]) -> Int {
  var low = 0
  var high = breaks.count
  while low < high {
    let middle = (low + high) / 2
    if breaks[middle] <= x { low = middle + 1 } else { high = middle }
  }
  return low
}
