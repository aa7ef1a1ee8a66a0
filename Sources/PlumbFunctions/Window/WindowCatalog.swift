/// The window functions.
package enum WindowCatalog {
  package static let all: [WindowFunction] = [
    .cumsum,
    .denseRank,
    .diff,
    .ema,
    .fillForward,
    .lag,
    .lead,
    .ntile,
    .pctChange,
    .percentRank,
    .rank,
    .rowNumber,
    .streak,
  ]
}
