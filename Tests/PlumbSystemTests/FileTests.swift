import Foundation
import PlumbSystem
import Testing

@Suite struct FileTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/plumb-system-\(UUID())"

  @Test func foldersAreMadeWithThoseAbove() throws {
    try makeFolders(folder + "/a/b", mode: 0o700)
    try makeFolders(folder + "/a/b/", mode: 0o700)
    #expect(try fileNames(in: folder) == ["a"])
    #expect(try fileNames(in: folder + "/a/b").isEmpty)
  }

  @Test func whatIsInTheWayIsSaid() throws {
    try makeFolders(folder, mode: 0o700)
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
    #expect(throws: SystemError(20)) { try makeFolders(folder + "/file/a/b", mode: 0o700) }
    #expect(throws: SystemError(2)) { try fileNames(in: folder + "/none") }
    #expect(SystemError(2).text == "no such file or directory")
  }

  @Test func aLargerFileIsRefused() throws {
    try makeFolders(folder, mode: 0o700)
    try Data(repeating: 7, count: 100).write(to: URL(fileURLWithPath: folder + "/file"))
    #expect(try readFile(folder + "/file", byteLimit: 100).count == 100)
    #expect(throws: SystemError(27)) { try readFile(folder + "/file", byteLimit: 99) }
    #expect(throws: SystemError(27)) { try readFile("/dev/zero", byteLimit: 1 << 20) }
  }

  @Test func aTemporaryFileHoldsWhatItWasGiven() throws {
    try makeFolders(folder, mode: 0o700)
    let path = try TemporaryFiles.make(in: folder, name: "made", ending: ".txt", [1, 2, 3])
    #expect(path.hasPrefix(folder + "/made-") && path.hasSuffix(".txt"))
    #expect(try readFile(path, byteLimit: 10) == [1, 2, 3])
    TemporaryFiles.remove(path)
    #expect(try fileNames(in: folder).isEmpty)
  }

  @Test func relativeFoldersOfTheUserCountAsNone() {
    let folders = UserFolders(environment: ["HOME": "/home/a", "XDG_STATE_HOME": "x"])
    #expect(folders.state == "/home/a/.local/state")
    #expect(UserFolders(environment: ["XDG_DATA_HOME": "/d"]).data == "/d")
    #expect(UserFolders(environment: ["HOME": ""]).data == nil)
  }
}
