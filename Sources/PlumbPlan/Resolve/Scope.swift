import Synchronization

/// The names known at a place of the program, and those around it.
///
/// A scope is shared by the functions defined in it, so it has identity.
package final class Scope: Sendable {
  package let parent: Scope?
  private let bindings: Mutex<[String: Entry]> = Mutex([:])

  private struct Entry {
    var binding: Binding
    var isVariable: Bool
  }

  package init(parent: Scope? = nil) { self.parent = parent }

  /// Binds a name in this scope, hiding an outer one.
  package func bind(_ name: String, _ binding: Binding, isVariable: Bool = false) {
    bindings.withLock { $0[name] = Entry(binding: binding, isVariable: isVariable) }
  }

  /// Takes out of this scope what would hide a table of a name that was just attached.
  ///
  /// A module stays: only before a point is it meant.
  package func uncover(table name: String) {
    bindings.withLock { bindings in
      if case .module? = bindings[name]?.binding { return }
      bindings[name] = nil
    }
  }

  /// The innermost binding of a name.
  package func lookup(_ name: String) -> Binding? {
    if let entry = bindings.withLock({ $0[name] }) { return entry.binding }
    return parent?.lookup(name)
  }

  /// Whether the innermost binding of a name may be assigned to.
  package func isVariable(_ name: String) -> Bool {
    if let entry = bindings.withLock({ $0[name] }) { return entry.isVariable }
    return parent?.isVariable(name) ?? false
  }

  /// Changes the innermost binding of a variable.
  package func assign(_ name: String, _ binding: Binding) {
    let isHere = bindings.withLock { bindings in
      guard bindings[name] != nil else { return false }
      bindings[name]?.binding = binding
      return true
    }
    if !isHere { parent?.assign(name, binding) }
  }

  /// Whether this very scope binds the name.
  package func bindsLocally(_ name: String) -> Bool { bindings.withLock { $0[name] != nil } }

  /// Whether a name visible here stands for an expression over rows.
  var holdsRows: Bool {
    let isHere = bindings.withLock { bindings in
      bindings.values.contains { if case .expression = $0.binding { true } else { false } }
    }
    return isHere || parent?.holdsRows ?? false
  }

  /// All names visible here, the innermost first.
  package var names: [String] {
    let own = bindings.withLock { $0.keys.sorted() }
    return own + (parent?.names ?? [])
  }

  /// The names bound in this scope alone.
  package var localNames: [String] { bindings.withLock { $0.keys.sorted() } }
}
