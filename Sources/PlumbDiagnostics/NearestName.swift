/// The known name that was most probably meant by an unknown one, if any is near enough.
///
/// Nearness is Damerau's edit distance (a swap of neighbours counts as one edit), first without
/// regard to case, so that `Val_AUC` finds `val_auc`. A third of the letters may differ, at most
/// three. On a tie the earlier candidate wins. Costs the product of the lengths per candidate.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  /// Longer names are not compared: no person mistypes them, and the cost is quadratic.
  let longest = 128
  let wanted = Array(name.lowercased().utf8)
  guard !wanted.isEmpty, wanted.count <= longest else { return nil }
  var best: String?
  var bestDistance = min(3, max(1, wanted.count / 3)) + 1
  for candidate in candidates where candidate != name {
    let letters = Array(candidate.lowercased().utf8)
    guard letters.count <= longest, abs(letters.count - wanted.count) < bestDistance else {
      continue
    }
    let distance = editDistance(wanted, letters)
    // Every letter replaced is no likeness, however short the names.
    if distance < bestDistance, distance < max(wanted.count, letters.count) {
      best = candidate
      bestDistance = distance
      if distance == 0 { break }
    }
  }
  return best
}

/// Damerau's distance in its restricted form (optimal string alignment) between two byte strings.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var current = beforeLast
  for i in a.indices {
    current[0] = i + 1
    for j in b.indices {
      let replace = last[j] + (a[i] == b[j] ? 0 : 1)
      var cost = min(replace, last[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      current[j + 1] = cost
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[b.count]
}
