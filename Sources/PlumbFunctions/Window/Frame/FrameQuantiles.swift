import PlumbColumns
import PlumbStatistics

extension FrameRows {
  /// The quantile `share` of numbers in each frame; null over nothing but NaN.
  func quantiles(_ share: Double) throws(FunctionError) -> Column {
    let values = call.arguments[0].doubles()
    let source = values.pointer
    let result = Buffer<Double>(count: call.count)
    var validity = RowValidity(count: call.count)
    var sorted = SortedValues()
    try slide(
      reset: { sorted.removeAll() },
      add: { if !source[$0].isNaN { sorted.add(source[$0]) } },
      remove: { if !source[$0].isNaN { sorted.remove(source[$0]) } }
    ) { row, _ in
      result.base[row] = sorted.count > 0 ? sorted.quantile(share) : 0
      validity.set(row, sorted.count > 0)
    }
    withExtendedLifetime(values) {}
    return Column(
      type: .float, count: call.count, storage: .float(Values(result)),
      validity: validity.finish())
  }
}
