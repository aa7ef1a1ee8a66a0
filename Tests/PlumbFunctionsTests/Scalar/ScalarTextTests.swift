import PlumbColumns
import PlumbFunctions
import Testing

/// Functions of text, lists and JSON beyond their examples.
@Suite struct ScalarTextTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("e\u{301}", 1), ("👩‍👩‍👧", 1), ("🇩🇪🇫🇷", 2), ("a\r\nb", 3), ("€uro", 4),
  ])
  func lengthCountsCharacters(_ text: String, _ expected: Int) throws {
    #expect(try callScalar("length", [Column([text])]).value(at: 0) == .int(expected))
  }

  /// Against Python's slices of the list of characters.
  @Test func substringsAreSlices() throws {
    let text = "abcdé"
    for start in [-9, -5, -2, -1, 0, 1, 4, 5, 9, Int.max] {
      for length in [0, 1, 3, 9, 1_000_000] {
        let characters = Array(text)
        let first = start < 0 ? Double(characters.count) + Double(start) : Double(start)
        let expected = characters.indices.filter {
          Double($0) >= first && Double($0) < first + Double(length)
        }
        let result = try callScalar(
          "substring", [Column([text]), Column([start]), Column([length])])
        #expect(
          result.value(at: 0) == .string(String(expected.map { characters[$0] })),
          "\(start), \(length)")
      }
    }
  }

  @Test func extremeCountsDoNotTrap() throws {
    for count in [Int.min, Int.max] {
      let counts = Column([count])
      for name in ["left", "right", "repeat", "pad_left", "pad_right"] {
        _ = try? callScalar(name, [Column(["ab"]), counts])
        _ = try? callScalar("substring", [Column(["ab"]), counts, counts])
        _ = try? callScalar(name, [Column(["ab"]), counts, Column(["xy"])])
      }
      _ = try? callScalar("char", [counts])
      _ = try? callScalar("factorial", [counts])
      _ = try? callScalar("round", [Column([1234]), counts])
      _ = try? callScalar("round", [Column([12.5]), counts])
      _ = try? callScalar("range", [counts])
      _ = try? callScalar("range", [Column([Int.max]), Column([Int.min]), counts])
      _ = try? callScalar("slice", [list([1, 2]), counts])
      _ = try? callScalar("slice", [list([1, 2]), Column([0]), counts])
      _ = try? callScalar("bit_shift_left", [Column([1]), counts])
      _ = try? callScalar("json_get", [Column(["[1, 2]"]), Column(["[\(count)]"])])
      _ = try? callScalar("bin", [counts, Column([Int.max])])
      _ = try? callScalar("gcd", [counts, counts])
      _ = try? callScalar("lcm", [counts, counts])
    }
  }

  @Test func sharedDictionariesLargerThanTheBatchAreNotWalked() throws {
    let whole = Column((0..<5_000).map { "text \($0)" })
    let part = whole.slice(4_000, 10)
    #expect(
      try callScalar("upper", [part]).values == (4_000..<4_010).map { .string("TEXT \($0)") })
  }

  @Test func resultsHaveEachTextOnce() throws {
    let result = try callScalar("lower", [Column(["A", "a", "B", "b"])])
    let (_, dictionary) = result.codes()
    #expect(dictionary.isUnique)
    #expect(dictionary.count == 2)
  }

  @Test func listsOfSlicesKeepTheirElements() throws {
    let lists = Column(
      (0..<80).map { .list([.int($0), .int($0 + 1)], element: .int) }, type: .list(.int))
    let sums = try callScalar("list_sum", [lists.slice(70, 10)])
    #expect(sums.values == (70..<80).map { .int(2 * $0 + 1) })
    let largest = try callScalar("list_max", [lists.slice(5, 3)])
    #expect(largest.values == [.int(6), .int(7), .int(8)])
  }

  @Test(arguments: [
    "", "a", "[", "[1", "{\"a\":}", "[1] x", "\u{1}", String(repeating: "[", count: 9_999),
  ])
  func brokenJSONIsAnError(_ text: String) {
    #expect(throws: FunctionError.self) {
      try callScalar("json_get", [Column([text]), Column(["$"])])
    }
    #expect((try? callScalar("json_valid", [Column([text])]))?.value(at: 0) == .bool(false))
  }

  @Test(arguments: ["a[", "a[x]", "a..b", "$a", "[0", "['a'", ".", "$.", "a.[0]"])
  func brokenPathsAreErrors(_ path: String) {
    #expect(throws: FunctionError.self) {
      try callScalar("json_get", [Column(["{}"]), Column([path])])
    }
  }

  private func list(_ values: [Int]) -> Column {
    Column([.list(values.map(Value.int), element: .int)], type: .list(.int))
  }
}
