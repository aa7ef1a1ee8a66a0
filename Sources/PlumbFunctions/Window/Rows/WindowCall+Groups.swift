import PlumbColumns

extension WindowCall {
  /// Calls `body` with the bounds of each group.
  @inline(__always)
  func forEachGroup(_ body: (_ start: Int, _ end: Int) throws(FunctionError) -> Void)
    throws(FunctionError)
  {
    for group in 0..<max(0, groupOffsets.count - 1) {
      try body(groupOffsets[group], groupOffsets[group + 1])
    }
  }

  /// The number of groups.
  var groupCount: Int { max(0, groupOffsets.count - 1) }

  /// The constant argument at `index`, an int.
  func constantInt(_ index: Int, _ name: String) throws(FunctionError) -> Int {
    guard case .int(let value)? = arguments[index].constantValue else {
      throw FunctionError("`\(name)` must be a constant int, not null")
    }
    return value
  }
}
