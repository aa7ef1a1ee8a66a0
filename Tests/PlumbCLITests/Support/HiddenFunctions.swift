import Glibc

/// Functions of the C library that its module does not export (they need `_GNU_SOURCE`).
enum HiddenFunctions {
  /// A pipe that programs started meanwhile by other tests do not inherit.
  static func pipe() -> (reading: Int32, writing: Int32)? {
    typealias Function = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    guard let function = find("pipe2", as: Function.self) else { return nil }
    var ends: [Int32] = [-1, -1]
    return function(&ends, O_CLOEXEC) == 0 ? (ends[0], ends[1]) : nil
  }

  /// Makes the child start in a folder.
  static func addFolder(_ path: String, to actions: inout posix_spawn_file_actions_t) -> Bool {
    typealias Function =
      @convention(c) (
        UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
      ) -> Int32
    guard let function = find("posix_spawn_file_actions_addchdir_np", as: Function.self) else {
      return false
    }
    return function(&actions, path) == 0
  }

  private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
