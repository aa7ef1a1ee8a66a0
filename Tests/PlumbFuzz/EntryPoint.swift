import Glibc

/// The target that the environment names, looked up once.
private let chosen: FuzzTarget = {
  let name = getenv("PLUMB_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fatalError("no fuzz target '\(name)'; there are: \(FuzzTarget.all.map(\.name))")
  }
  return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen.run(UnsafeBufferPointer(start: start, count: count))
  return 0
}
