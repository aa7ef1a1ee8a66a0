import PlumbColumns

extension KernelCall {
  /// The type of the elements of the result, which is a list.
  var elementType: DataType {
    if case .list(let element) = resultType { element } else { .null }
  }
}
