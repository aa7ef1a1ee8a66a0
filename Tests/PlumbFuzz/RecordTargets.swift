import PlumbColumns
import PlumbFormats

extension FuzzTarget {
  /// Reading any bytes as records in YAML, and as the front matter of a Markdown file.
  package static let yaml = FuzzTarget(name: "yaml") { bytes in
    _ = readFile(bytes, ending: ".yaml")
    _ = readFile(bytes, ending: ".md")
  }

  /// Reading any bytes as a profile of a table; what was read is written and read again.
  package static let profile = FuzzTarget(name: "profile") { bytes in
    _ = readFile(bytes, ending: ".profile")
    guard let profile = try? TableProfile.parse(Array(bytes)) else { return }
    let again = try? TableProfile.parse(Array(profile.json.utf8))
    precondition(again?.json == profile.json)
  }

  /// Reading any bytes as an export through a mapping that says all that a mapping can say, and as
  /// a mapping of a small export.
  package static let mapping = FuzzTarget(name: "mapping") { bytes in
    for (ending, mapping) in [
      (".ndjson", wholeMapping), (".json", openMapping), (".csv", wholeMapping),
      (".md", openMapping),
    ] {
      _ = readFile(
        bytes, ending: ending,
        open: { (request) throws(ImportError) in
          let mapping = try TableMapping(yaml: mapping, name: "fuzz")
          _ = MappedSource.recognized(request.path, among: [mapping])
          return try MappedSource.open(request, mappings: [mapping], importers: .builtin)
        })
    }
    let text = String(decoding: bytes, as: UTF8.self)
    var export = smallExport
    export.withUTF8 { export in
      _ = readFile(
        export, ending: ".ndjson",
        open: { (request) throws(ImportError) in
          let mapping = try TableMapping(yaml: text, name: "fuzz")
          return try MappedSource.open(request, mappings: [mapping], importers: .builtin)
        })
    }
  }

  private static let wholeMapping = """
    table: runs
    recognize: [run.id, at]
    group: run.id
    order: at
    where: {kind: [a, b, 1]}
    columns:
      id: run.id
      first: {path: [names.0, "labels[\"a.b\"]", /top], split: /, part: -1, optional: true}
      state: {path: state, values: {x: done, 1: one, true: yes}, otherwise: other}
      at: {path: at, unit: ms, when: {state: x}}
      inputs: {path: inputs, join: [namespace, name]}
      names: names.*.name
      file: "@file"
      constant: {value: 1}
      params.*: {path: [config, json], unwrap: value, except: [_*, secret]}
      metrics.*: {path: summary, only: numbers}
    """

  private static let openMapping = """
    table: metrics
    rows: rows
    columns:
      step: {path: [step, /step], unit: s}
      name: [name, "@file"]
    unpivot: {key: key, value: value, only: numbers, except: [_*]}
    """

  private static let smallExport = """
    {"run": {"id": 1}, "at": 1700000000000, "kind": "a", "state": "x", "names": [{"name": "n/m"}, 2], "rows": [{"a": 1}]}
    {"run": {"id": 1}, "at": "2026-11-23T12:00:00Z", "kind": "b", "config": {"lr": {"value": 0.1}, "_x": 1}, "summary": {"f": 1.5}}
    {"run": {"id": "r"}, "inputs": [{"namespace": "s", "name": "t"}], "rows": [{"b": null}, 3], "a.b": [], "f": "NaN"}
    """
}
