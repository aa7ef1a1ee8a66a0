import Glibc
import PlumbEngine

// What an embedding program sees of the engine, tried from outside the package. It says `ok` and
// nothing else; scripts/test.d/embedding compares all of its output, so that a word of the
// engine's own would be found.

func expect(
  _ condition: Bool, _ what: @autoclosure () -> String, line: Int = #line
) {
  if condition { return }
  print("line \(line): \(what())")
  exit(1)
}

let store = CommandLine.arguments[1]
let session = Session()
try session.open(store)

// Typed columns, with nulls, and parameters.
let typed = try session.run(
  """
  param wanted: int
  table([{name: "a", n: wanted, x: 0.5, ok: true, at: @2026-01-02T03:04:05.000006Z, d: 90s,
    l: [1, 2]}, {name: null, n: null, x: nan, ok: null, at: null, d: null, l: [3]}])
  """, parameters: ["wanted": "-7"])
expect(typed.count == 1, "\(typed.count) results")
let table = typed[0]
let columns = table.table
expect(columns?.rowCount == 2, "rows")
expect(columns?.columnNames == ["name", "n", "x", "ok", "at", "d", "l"], "names")
expect(
  columns?.columnTypes == [
    "string", "int", "float", "bool", "timestamp", "duration", "list<int>",
  ], "\(columns?.columnTypes ?? [])")
expect(try table.strings("name") == ["a", nil], "strings")
expect(try table.integers("n") == [-7, nil], "integers")
let doubles = try table.doubles("x")
expect(doubles[0] == 0.5 && doubles[1]?.isNaN == true, "doubles")
expect(try table.doubles("n") == [-7, nil], "integers as doubles")
expect(try columns?.bools("ok") == [true, nil], "bools")
expect(try table.integers("at") == [1_767_323_045_000_006, nil], "timestamps")
expect(try table.integers("d") == [90_000_000, nil], "durations")
if case .list(let elements)? = try columns?.values("l")[0], case .integer(2) = elements[1] {
} else {
  expect(false, "lists")
}
do {
  _ = try table.strings("x")
  expect(false, "a float column is no text")
} catch {
  expect("\(error)".contains("`x` is of type float"), "\(error)")
}

// What a program shows, in order.
let shown = try session.run("1; \"two\"; print(3); null; [@2026-01-01]; runs | count")
expect(shown.count == 6, "\(shown.count) results")
if case .value(.integer(1)) = shown[0], case .value(.string("two")) = shown[1],
  case .text("3") = shown[2], case .value(.null) = shown[3], case .value(.list) = shown[4]
{
} else {
  expect(false, "\(shown)")
}
expect(try shown[5].integers("count") == [162], "runs")

// Variables stay between programs; diagnostics are values.
_ = try session.run("let limit = 3")
expect(try session.run("runs | take limit | count")[0].integers("count") == [3], "variables")
let mistakes = session.check("let a = 1\nruns | where statsu == \"x\"\na + \"b\"")
expect(mistakes.count == 2 && mistakes.allSatisfy(\.isError), "\(mistakes)")
expect(mistakes[0].line == 2 && mistakes[0].column == 14, "\(mistakes[0])")
expect(mistakes[0].code.hasPrefix("E") && mistakes[0].text.contains("`statsu`"), "text")
expect(mistakes[0].help?.contains("`status`") == true, "\(mistakes[0].help ?? "no help")")
for (code, line) in [("1\nprint(nothing)", 2), ("1\n2 // (1 - 1)", 2)] {
  do {
    _ = try session.run(code)
    expect(false, "`\(code)` must fail")
  } catch {
    expect(error.messages.count == 1 && error.messages[0].line == line, "\(error)")
  }
}
do {
  try session.open("/none/at/all.db")
  expect(false, "a store that is not there")
} catch {
  expect(error.messages[0].text.contains("/none/at/all.db"), "\(error)")
}

// A limit is an error of the one session.
var options = SessionOptions()
options.memoryLimitBytes = 32 << 20
let limited = Session(options)
do {
  _ = try limited.run("let l = range(9000000)\nlet m = map(l, fn (v) => v + 1)")
  expect(false, "the memory limit")
} catch {
  expect(error.messages[0].text.contains("memory limit"), "\(error)")
}

// Two sessions on two threads, each with tables and variables of its own.
let threads = (0..<2).map { number in
  var thread = pthread_t()
  pthread_create(&thread, nil, runAlone, Unmanaged.passRetained(Job(number)).toOpaque())
  return thread
}
for thread in threads { pthread_join(thread, nil) }

// Another thread stops a run; the session goes on.
var canceller = pthread_t()
pthread_create(&canceller, nil, cancel, Unmanaged.passUnretained(session).toOpaque())
do {
  _ = try session.run("var i = 0\nwhile true { i = i + 1 }")
  expect(false, "the run must be stopped")
} catch {
  expect(error.messages.count == 1 && error.messages[0].text.contains("interrupted"), "\(error)")
}
pthread_join(canceller, nil)
expect(try session.run("runs | count")[0].integers("count") == [162], "after a cancellation")

print("ok")

/// A session for a thread.
final class Job: Sendable {
  let session = Session()
  let number: Int

  init(_ number: Int) { self.number = number }
}

func runAlone(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let pointer else { return nil }
  let job = Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue()
  for round in 0..<50 {
    let first = job.number * 1000 + round
    let code = """
      let mine = \(first)
      var n = 0
      while n < 20 { n = n + 1 }
      table([{a: mine}, {a: mine + n}])
      """
    let read = try? job.session.run(code)[0].integers("a")
    expect(read == [first, first + 20], "session \(job.number), round \(round)")
  }
  return nil
}

func cancel(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let pointer else { return nil }
  let session = Unmanaged<Session>.fromOpaque(pointer).takeUnretainedValue()
  // A cancellation before the run has begun stops nothing.
  for _ in 0..<10 {
    usleep(100_000)
    session.cancel()
  }
  return nil
}
