import PlumbColumns
import Testing

@testable import PlumbOutput

@Suite struct ProgressLineTests {
  private func text(_ done: Int, of total: Int?, seconds: Double) -> String {
    ProgressLine.text(
      RunControl.Progress(activity: "loading metrics", done: done, total: total, unit: "rows"),
      seconds: seconds)
  }

  @Test func shareRateAndWhatIsLeft() {
    #expect(
      text(1_000_000, of: 4_000_000, seconds: 2)
        == "loading metrics: 1,000,000 of 4,000,000 rows (25 %), 500,000 rows/s, 6 s left")
  }

  @Test func withoutATotalOrATimeLessIsSaid() {
    #expect(text(1500, of: nil, seconds: 1) == "loading metrics: 1,500 rows, 1,500 rows/s")
    #expect(text(0, of: 10, seconds: 0) == "loading metrics: 0 of 10 rows (0 %)")
    #expect(text(10, of: 10, seconds: 1) == "loading metrics: 10 of 10 rows (100 %), 10 rows/s")
  }
}
