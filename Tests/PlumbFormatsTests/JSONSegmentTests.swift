import Foundation
import PlumbColumns
import PlumbFormats
import Testing

/// Long files of lines are read in parts at once, and give what reading them in one piece does.
@Suite struct JSONSegmentTests {
  private func check(_ text: String, _ types: [String: DataType] = [:]) throws -> Table {
    let folder = try ScratchFolder()
    let path = try folder.write("data.jsonl", text)
    let whole = try open(path, types: types, threads: 1)
    let parts = try open(path, types: types, threads: 4)
    #expect(whole.warnings == parts.warnings)
    #expect(whole.table.names == parts.table.names && whole.table.types == parts.table.types)
    #expect(whole.table.rowCount == parts.table.rowCount)
    for (a, b) in zip(whole.table.columns, parts.table.columns) {
      #expect(canonicalLines(a) == canonicalLines(b))
    }
    return parts.table
  }

  /// Some ten megabytes of lines.
  private func lines(_ line: (Int) -> String) -> String {
    var text = ""
    var number = 0
    while text.utf8.count < 10 << 20 {
      text += line(number) + "\n"
      number += 1
    }
    return text
  }

  @Test func columnsThatComeAndGoAndChangeTheirKinds() throws {
    let padding = String(repeating: "x", count: 200)
    let table = try check(
      lines { row in
        let late = row > 15_000 ? #","late":{"a":\#(row),"b":null}"# : ""
        let float = row == 20_000 ? "1.5" : "\(row)"
        let mixed = row == 25_000 ? "true" : "\"t\(row % 7)\""
        let text = row % 3 == 0 ? "null" : "\"p\(row % 1000)\""
        return #"{"n":\#(row),"f":\#(float),"m":\#(mixed),"t":\#(text),"list":[\#(row % 5)],"#
          + #""at":"2026-10-01T00:00:\#(row % 50 + 10)Z","pad":"\#(padding)"\#(late)}"#
      })
    #expect(table.schema["f"]?.type == .float && table.schema["m"]?.type == .string)
    #expect(table.schema["at"]?.type == .timestamp && table.schema["late.a"]?.type == .int)
    #expect(table.schema["list"]?.type == .list(.int))
  }

  @Test func objectsThatSpreadOverLines() throws {
    // Lines that begin with a brace in the midst of an object are no places to divide at.
    let table = try check(
      lines { row in "{\"rows\": [\n{\"a\": \(row)},\n{\"a\": null}\n],\n\"x\": \"\(row)\"}" })
    #expect(table.names == ["rows", "x"])
  }

  @Test func aMistakeIsNamedWithItsLine() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "data.jsonl",
      lines { row in
        row == 150_000
          ? #"{"a" 1}"# : #"{"a": \#(row), "pad": "0123456789012345678901234567890123456789"}"#
      })
    for threads in [1, 4] {
      let error = failure { _ = try open(path, threads: threads) }
      #expect(error?.message.contains("line 150001, column 6") == true)
    }
  }

  /// Where each line holds a value, one that is cut off is a mistake of its own line.
  @Test(arguments: [
    (#"{"a": 1"#, "line 2, column 8"), (#"{"a": "x"#, "line 2, column 7"),
    (#"{"a":"#, "line 2, column 6"), (#"{"#, "line 2, column 2"),
  ])
  func aLineThatIsCutOff(_ line: String, _ place: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("cut.jsonl", "{\"a\": 0}\n\(line)\n\n{\"a\": 2}\n")
    #expect(failure { _ = try open(path) }?.message.contains(place) == true)
    let spread = try folder.write("spread.jsonl", "{\"a\":\n 0}\n{\"a\": 1}\n")
    #expect(try open(spread).table.values("a") == [.int(0), .int(1)])
  }

  @Test func aGivenTypeNamesTheRowOfTheTable() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "data.jsonl",
      lines { row in
        #"{"a": "\#(row == 140_000 ? "x" : "1")", "pad": "0123456789012345678901234567890123456789"}"#
      })
    let error = failure { _ = try open(path, types: ["a": .int], threads: 4) }
    #expect(error?.message.contains("row 140001") == true)
  }

  @Test func keysWithSignsThatAreEscaped() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "data.jsonl",
      #"{"a\"b": 1, "c\\": 2, "\u0064": 3}"# + "\n" + #"{"a\"b": 4, "c\\": 5, "d": 6}"#)
    let table = try open(path).table
    #expect(table.names == ["a\"b", "c\\", "d"])
    #expect(table.values("d") == [.int(3), .int(6)])
    let broken = try folder.write("broken.jsonl", #"{"a\"b": 1}"# + "\n" + #"{"a"b": 4}"#)
    #expect(failure { _ = try open(broken) } != nil)
  }

  @Test func typesReachColumnsThatFoldersNameToo() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/day=1", withIntermediateDirectories: true)
    _ = try folder.write("day=1/a.jsonl", #"{"day": 7, "x": 1}"#)
    let json = try open(folder.path, types: ["day": .string]).table
    #expect(json.values("day") == [.string("7")])
    let other = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: other.path + "/day=1", withIntermediateDirectories: true)
    _ = try other.write("day=1/a.csv", "day,x\n7,1\n")
    let csv = try open(other.path, types: ["day": .string]).table
    #expect(csv.values("day") == [.string("7")])
  }
}
