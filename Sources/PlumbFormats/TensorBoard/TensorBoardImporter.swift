import PlumbColumns

extension Importer {
  /// The event files that TensorBoard shows: a folder of them, or one.
  package static let tensorBoard = Importer(
    name: "tensorboard", summary: "a folder of TensorBoard's event files (`logs/`)",
    extensions: [],
    recognizes: { probe in
      probe.isDirectory
        ? LogFolder.holdsEvents(probe.path)
        : LogFolder.isEventFile(Folder(probe.path).name, head: probe.head)
    },
    open: { (request) throws(ImportError) in
      let given =
        request.options.filter { !$0.value.isNull }.map(\.key)
        + (request.types.isEmpty ? [] : ["types"])
      if let option = given.min() {
        throw ImportError(
          .badOption, "TensorBoard's event files take no option `\(option)`",
          remedy: "leave it out")
      }
      let store = try TensorBoardStore(path: request.path, control: request.control)
      return MLflowSource(
        address: request.path, format: "tensorboard", store: store,
        tables: ["experiments", "runs", "metrics", "params", "tags"], control: request.control)
    })
}
