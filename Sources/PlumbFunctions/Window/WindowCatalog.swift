/// The window functions.
package enum WindowCatalog {
  package static let all: [WindowFunction] = [
    .cumsum,
    .denseRank,
    .lag,
    .lead,
    .rank,
    .rowNumber,
  ]
}
