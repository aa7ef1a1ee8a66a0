/// The functions of lists.
extension ScalarCatalog {
  static let lists: [ScalarFunction] = [
    .allOf,
    .anyOf,
    .append,
    .enumerate,
    .flatten,
    .keep,
    .listMax,
    .listMean,
    .listMedian,
    .listMin,
    .listSum,
    .map,
    .range,
    .reduce,
    .slice,
    .sorted,
    .unique,
    .zip,
  ]
}
