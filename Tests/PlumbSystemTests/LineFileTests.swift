import Foundation
import PlumbSystem
import Testing

@Suite struct LineFileTests {
  private let path = FileManager.default.temporaryDirectory.path + "/plumb-lines-\(UUID())/a/b"

  private func lines(_ file: LineFile) -> [String] {
    file.lines().map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func linesComeBackInOrder() throws {
    let file = LineFile(path: path, byteLimit: 1000)
    #expect(lines(file).isEmpty)
    for line in ["one", "two", "three"] { try file.append(line) }
    #expect(lines(file) == ["one", "two", "three"])
    #expect(lines(LineFile(path: path, byteLimit: 1000, lineLimit: 2)) == ["two", "three"])
  }

  @Test func aLineThatWasCutOffSpoilsNoOther() throws {
    let file = LineFile(path: path, byteLimit: 1000)
    try file.append("one")
    try Data("one\ntw".utf8).write(to: URL(fileURLWithPath: path))
    try file.append("three")
    #expect(lines(file) == ["one", "tw", "three"])
  }

  @Test func aLongFileIsReplacedByItsNewestHalf() throws {
    let file = LineFile(path: path, byteLimit: 50)
    for number in 1...9 { try file.append("line \(number)") }
    let kept = lines(file)
    #expect(kept.last == "line 9" && kept.count < 9)
    let folder = String(path.dropLast(2))
    #expect(try fileNames(in: folder) == ["b"])
  }

  @Test func manyAppendAtOnce() async throws {
    let file = LineFile(path: path, byteLimit: 2_000)
    await withTaskGroup { group in
      for writer in 0..<8 {
        group.addTask { for number in 0..<50 { try? file.append("\(writer) \(number)") } }
      }
    }
    #expect(lines(file).allSatisfy { $0.split(separator: " ").count == 2 })
  }
}
