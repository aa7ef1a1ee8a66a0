import Foundation
import PlumbDiagnostics
import Testing

/// Every diagnostic code has a golden program that shows its message.
@Suite struct DiagnosticGoldenTests {
  /// The codes that need more than a program and small files, and the test that shows them.
  private static let elsewhere: [DiagnosticCode: (test: String, mention: String)] = [
    .invalidUTF8: ("PlumbSyntaxTests/ErrorTests.swift", "E0101"),
    .controlCharacter: ("PlumbSyntaxTests/ErrorTests.swift", "E0102"),
    .sourceTooLarge: ("PlumbSyntaxTests/RobustnessTests.swift", "E0109"),
    .nestingTooDeep: ("PlumbSyntaxTests/RobustnessTests.swift", "E0113"),
    .memoryLimit: ("PlumbExecutionTests/PlanTests.swift", "E0404"),
    .interrupted: ("PlumbExecutionTests/PlanTests.swift", "E0405"),
    .sourceBusy: ("PlumbFormatsTests/MLflowBadInputTests.swift", ".locked"),
  ]

  @Test func everyCodeIsShown() throws {
    let texts = try GoldenProgram.all.filter { $0.hasPrefix("errors/") }.map {
      (name: $0, text: try GoldenProgram($0).text)
    }
    for code in DiagnosticCode.all {
      if let (test, mention) = Self.elsewhere[code] {
        let path = GoldenProgram.folder.deletingLastPathComponent().appending(path: test)
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(text.contains(mention), "\(test) does not mention \(mention)")
        continue
      }
      let own = texts.filter { $0.name.hasPrefix("errors/\(code.id)-") }
      #expect(
        own.contains { $0.text.contains("[\(code.id)]: ") },
        "no program Tests/Golden/errors/\(code.id)-….plumb shows `\(code.meaning)`")
    }
  }
}
