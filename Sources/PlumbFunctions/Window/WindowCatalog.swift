/// The window functions.
package enum WindowCatalog {
  package static let all: [WindowFunction] = [
    .adjustedP,
    .adwin,
    .cumsum,
    .cusum,
    .ddm,
    .denseRank,
    .diff,
    .eddm,
    .ema,
    .fillForward,
    .hddmA,
    .hddmW,
    .kswin,
    .lag,
    .lead,
    .ntile,
    .pageHinkley,
    .pctChange,
    .percentRank,
    .rank,
    .rowNumber,
    .streak,
  ]
}
