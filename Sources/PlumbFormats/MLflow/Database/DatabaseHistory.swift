import PlumbColumns

/// The history of a database: what was read in pieces, put together.
///
/// - Parameter read: Reads the pieces, with codes for keys; called anew with a directory that has
///   room for all of them if there are more keys than those that runs are known to have.
func databaseHistory(
  _ contents: StoreContents, _ columns: HistoryColumns, control: RunControl,
  read: (KeyDirectory) throws(ImportError) -> [HistoryChunk]
) throws(ImportError) -> HistoryRows {
  var keys = KeyDirectory(contents.metricKeys)
  while true {
    let chunks = try read(keys)
    guard keys.isFull else {
      let assembly = HistoryAssembly(
        chunks, runTexts: contents.runDirectory.ids, keyTexts: keys.texts(), control: control)
      return try assembly.rows(columns)
    }
    // A store filled by another program, with keys that no run is known to have.
    keys = KeyDirectory(keys.texts())
  }
}
