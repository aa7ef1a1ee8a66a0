import Foundation
import PlumbColumns
import PlumbColumnsTesting
import PlumbFormats
import Testing

private func json(
  _ text: String, types: [String: DataType] = [:], name: String = "data.json"
) throws -> Table {
  let folder = try ScratchFolder()
  return try open(folder.write(name, text), types: types).table
}

@Suite struct JSONImporterTests {
  @Test func arraysAndLinesGiveTheSameTable() throws {
    let rows = [
      #"{"a": 1, "b": "x", "c": {"d": true, "e": {"f": 0.5}}, "l": [1, 2]}"#,
      #"{"b": null, "a": 2.5, "l": [], "c": null, "new": "2026-11-23T10:30:00Z"}"#,
      #"{"c": {"d": false}, "l": [3.5]}"#,
    ]
    for text in [
      "[" + rows.joined(separator: ",\n ") + "]", rows.joined(separator: "\n"),
      "\u{FEFF}" + rows.joined(separator: "\r\n") + "\r\n", rows.joined(separator: " "),
    ] {
      let table = try json(text)
      #expect(table.names == ["a", "b", "c.d", "c.e.f", "l", "new"])
      #expect(table.types == [.float, .string, .bool, .float, .list(.float), .timestamp])
      #expect(table.values("a") == [.float(1), .float(2.5), .null])
      #expect(table.values("b") == [.string("x"), .null, .null])
      #expect(table.values("c.d") == [.bool(true), .null, .bool(false)])
      #expect(table.values("c.e.f") == [.float(0.5), .null, .null])
      #expect(
        table.values("l") == [
          .list([.float(1), .float(2)], element: .float), .list([], element: .float),
          .list([.float(3.5)], element: .float),
        ])
      #expect(table.values("new") == [.null, .timestamp(1_795_429_800_000_000), .null])
    }
  }

  @Test func mixedColumnsAreTextWithAWarning() throws {
    let folder = try ScratchFolder()
    let (table, warnings) = try open(
      folder.write(
        "m.jsonl", "{\"v\": 1}\n{\"v\": \"latest\"}\n{\"v\": [1, \"a\"]}\n{\"v\": true}\n{}\n"))
    #expect(table.types == [.string])
    #expect(
      table.values("v") == [
        .string("1"), .string("latest"), .string(#"["1","a"]"#), .string("true"), .null,
      ])
    #expect(warnings.count == 1)
  }

  @Test func objectsAndScalarsAtOneKeyAreTwoColumns() throws {
    let table = try json(#"[{"a": 1}, {"a": {"b": 2}}, {"a": null}]"#)
    #expect(table.names == ["a", "a.b"])
    #expect(table.values("a") == [.int(1), .null, .null])
    #expect(table.values("a.b") == [.null, .int(2), .null])
    let nulls = try json(#"[{"a": null}, {"a": {"b": 2}}]"#)
    #expect(nulls.names == ["a.b"])
  }

  @Test func numbersAreExact() throws {
    let table = try json(
      #"[{"i": 9223372036854775807, "u": 18446744073709551615, "x": NaN, "y": "NaN"}, {"i": -1, "u": 1, "x": -Infinity, "y": 1}]"#
    )
    #expect(table.types == [.int, .float, .float, .float])
    #expect(table.values("i") == [.int(Int.max), .int(-1)])
    #expect(table.values("u") == [.float(18446744073709551616), .float(1)])
    #expect(table.values("x") == [.float(.nan), .float(-.infinity)])
    #expect(table.values("y") == [.float(.nan), .float(1)])
  }

  @Test func listsOfObjectsAreListsOfRecords() throws {
    let table = try json(#"[{"l": [{"a": 1}, {"b": "x"}]}, {"l": [{"a": 2.5}]}, {"l": null}]"#)
    #expect(table.types == [.list(.record([.init("a", .float), .init("b", .string)]))])
    #expect(
      table.values("l")?[1]
        == .list(
          [.record([.init("a", .float(2.5)), .init("b", .null)])],
          element: .record([.init("a", .float), .init("b", .string)])))
  }

  @Test func otherShapesAreTables() throws {
    #expect(try json("[]").rowCount == 0)
    #expect(try json("[1, 2, null]").values("value") == [.int(1), .int(2), .null])
    #expect(try json(#"{"only": 1}"#).values("only") == [.int(1)])
    #expect(try json("[{}, {}]").rowCount == 2)
    #expect(try json(#"[{"a": []}, {"a": []}]"#).types == [.list(.string)])
  }

  @Test func givenTypesAreKept() throws {
    let table = try json(
      #"[{"z": 123, "n": "5", "d": 1.5, "t": "2026-01-01", "s": true}]"#,
      types: ["z": .string, "n": .int, "d": .duration, "t": .string, "s": .string])
    #expect(
      table.row(0) == [
        .string("123"), .int(5), .duration(1_500_000), .string("2026-01-01"), .string("true"),
      ])
    let bad = failure { _ = try json(#"[{"a": 1}, {"a": "x"}]"#, types: ["a": .int]) }
    #expect(bad?.kind == .badValue)
    #expect(bad?.message == #"`"x"` in column `a`, row 2, is no int"#)
    #expect(failure { _ = try json(#"[{"a": 1}]"#, types: ["b": .int]) }?.kind == .badOption)
  }

  @Test(arguments: [
    ("", 1, 1), ("[{\"a\": 1},\n {\"a\": }]", 2, 8), ("{\"a\": 1}\n{\"a\": 2\n", 3, 1),
    ("[{\"a\": 1}] x", 1, 12), ("{\"a\": 1, \"a\": 2}", 1, 10), ("{\"a\": \"\\q\"}", 1, 8),
    ("{\"a\": \"\\ud83d\"}", 1, 8), ("{\"a\": 1}\n\n]", 3, 1), ("[{\"a\": 01}]", 1, 8),
    ("{'a': 1}", 1, 2), ("[1, 2", 1, 6), ("{\"a\": \"x\ny\"}", 1, 9),
  ])
  func errorsHaveTheirPlace(_ text: String, _ line: Int, _ column: Int) {
    let error = failure { _ = try json(text) }
    #expect(error?.location?.hasSuffix("data.json:\(line):\(column)") == true, "\(error as Any)")
    #expect(error?.remedy != nil)
  }

  @Test func depthIsLimited() {
    let deep = String(repeating: "{\"a\":", count: 100_000)
    #expect(failure { _ = try json(deep) }?.message.contains("nested deeper") == true)
    let lists = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(failure { _ = try json(lists) }?.message.contains("nested deeper") == true)
  }

  @Test func brokenUTF8IsAnError() throws {
    let folder = try ScratchFolder()
    let bytes = Array("[{\"é\": \"".utf8) + [0xC3, 0x28] + Array("\"}]".utf8)
    let error = failure { _ = try open(folder.write("u.json", bytes)) }
    #expect(error?.message.contains("line 1") == true)
  }

  @Test func severalFilesAreOneTable() throws {
    let folder = try ScratchFolder()
    _ = try folder.write("a.jsonl", "{\"x\": 1}\n")
    _ = try folder.write("b.json", "[{\"x\": 0.5, \"y\": \"z\"}]")
    let table = try open(folder.path).table
    #expect(table.values("x") == [.float(1), .float(0.5)])
    #expect(table.values("y") == [.null, .string("z")])
  }

  @Test func filesWithoutAnEndingAreRecognised() throws {
    let table = try json("  [{\"a\": 1}]", name: "data")
    #expect(table.values("a") == [.int(1)])
  }

  @Test func repeatedPathsGetTheirOwnNames() throws {
    let table = try json(#"[{"a.b": 1, "a": {"b": 2}}]"#)
    #expect(table.names == ["a.b", "a.b_2"])
    #expect(table.row(0) == [.int(1), .int(2)])
  }

  @Test func randomObjectsComeBack() throws {
    let seed = propertySeed()
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let texts = ["", "a", "\"", "\\", "\n", "é", "🎉", "\u{0}", "\u{1F}", "/"]
    for round in 0..<20 {
      var rows: [[Value]] = []
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        rows.append([
          .int(Int(truncatingIfNeeded: random.next())),
          .float(Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 1024 + 0.0001),
          .bool(Bool.random(using: &random)),
          .string(texts.randomElement(using: &random) ?? ""),
        ])
      }
      let names = ["i", "f", "b", "s"]
      let lines = rows.map { row in
        JSONText.write(.record(zip(names, row).map { Value.RecordField($0, $1) }))
      }
      let path = try folder.write("\(round).jsonl", lines.joined(separator: "\n"))
      let table = try open(path).table
      #expect(table.rowCount == rows.count)
      for (index, row) in rows.enumerated() {
        #expect(table.row(index) == row, "seed \(seed), round \(round)")
      }
    }
  }
}
