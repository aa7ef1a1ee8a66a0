import PlumbColumns

/// The part of a table's column that one row group fills.
///
/// Values of eight bytes are decoded to where they stay; narrower ones, whose width is known only
/// when all are, are cheap to copy.
struct ParquetTarget: @unchecked Sendable {
  /// The whole column. Threads write different rows of it.
  let values: ParquetValues
  /// The row group's first row.
  let start: Int
}
