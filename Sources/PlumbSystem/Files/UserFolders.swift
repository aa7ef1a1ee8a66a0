/// The user's folders, by the XDG Base Directory Specification 0.8: a relative path in its
/// variables counts as none.
package struct UserFolders: Sendable {
  private let environment: [String: String]

  /// - Parameter environment: The variables of the process.
  package init(environment: [String: String]) { self.environment = environment }

  /// For what one run leaves to the next, such as histories; nil when there is no home.
  package var state: String? { path("XDG_STATE_HOME", "/.local/state") }

  /// For the data of programs; nil when there is no home.
  package var data: String? { path("XDG_DATA_HOME", "/.local/share") }

  private func path(_ variable: String, _ belowHome: String) -> String? {
    if let path = environment[variable], path.hasPrefix("/") { return path }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + belowHome
  }
}
