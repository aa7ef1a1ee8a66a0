import PlumbColumns

extension ScalarFunction {
  static let keep = ScalarFunction(
    "keep", topic: "lists",
    summary: "The elements of a list for which a function gives true.",
    overloads: [
      Overload(
        [
          Parameter("list", .list(.variable("T"))),
          Parameter("function", .function([.variable("T")])),
        ], result: .sameAs(0)
      ) { (call) throws(FunctionError) in
        let lists = FlatLists(call, 0)
        let mask = try call.conditions(1, of: lists)
        let offsets = Buffer<Int>(count: call.count + 1)
        var kept: [UInt32] = []
        offsets.base[0] = 0
        for row in 0..<call.count {
          for position in lists.offsets[row]..<lists.offsets[row + 1] where mask[position] == true {
            kept.append(UInt32(truncatingIfNeeded: position))
          }
          offsets.base[row + 1] = kept.count
        }
        return Column(
          type: call.resultType, count: call.count,
          storage: .list(
            offsets: Values(offsets), elements: lists.elements.gathered(Values(kept))))
      }
    ],
    examples: [
      Example("keep([1, 2, 3], fn (x) => x > 1)", "[2,3]"),
      Example("keep([1, null], fn (x) => x > 0)", "[1]"),
      Example("keep([], fn (x) => x == 1)", "[]"),
      Example("keep(null, fn (x) => true)", "null"),
      Example(#"keep(["x"], fn (x) => bool(x))"#, #"error: "x" is not a bool"#),
    ])
}

extension KernelCall {
  /// What the function argument `index` says of each element; nil for null.
  func conditions(_ index: Int, of lists: FlatLists) throws(FunctionError) -> [Bool?] {
    let mask = try applied(index, to: lists)
    guard mask.type == .bool || mask.type == .null else {
      throw FunctionError("the function must give a bool, not \(mask.type)")
    }
    let values = mask.bools()
    return (0..<mask.count).map { mask.isNull($0) ? nil : values[$0] != 0 }
  }
}
