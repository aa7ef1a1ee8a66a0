extension TableProfile {
  /// The profile of all rows of several profiles, of the features and the keys that the first has;
  /// absent for none, and where a feature has another kind in another, or a key another type.
  package static func merged(_ profiles: [TableProfile]) -> TableProfile? {
    guard let first = profiles.first else { return nil }
    // Merging takes points anew, which costs exactness.
    if profiles.count == 1 { return first }
    var features: [Feature] = []
    for feature in first.features {
      let same = profiles.compactMap { $0[feature.name]?.content }
      guard same.count == profiles.count, let content = merged(same) else { return nil }
      features.append(Feature(name: feature.name, type: feature.type, content: content))
    }
    guard profiles.allSatisfy({ $0.keys == first.keys }), let groups = mergedGroups(profiles) else {
      return nil
    }
    return TableProfile(
      rowCount: profiles.reduce(0) { $0 + $1.rowCount }, features: features, keys: first.keys,
      groups: groups)
  }

  private static func mergedGroups(_ profiles: [TableProfile]) -> [Group]? {
    var (order, parts) = ([[Value]](), [[Value]: [TableProfile]]())
    for group in profiles.flatMap(\.groups) {
      if parts[group.values] == nil { order.append(group.values) }
      parts[group.values, default: []].append(group.profile)
    }
    var groups: [Group] = []
    for values in order {
      guard let profile = merged(parts[values] ?? []) else { return nil }
      groups.append(Group(values: values, profile: profile))
    }
    return groups
  }

  private static func merged(_ contents: [Content]) -> Content? {
    var (numbers, categories) = ([Numbers](), [Categories]())
    for content in contents {
      switch content {
      case .numbers(let part): numbers.append(part)
      case .categories(let part): categories.append(part)
      }
    }
    if categories.isEmpty { return .numbers(Numbers.merged(numbers)) }
    return numbers.isEmpty ? .categories(Categories.merged(categories)) : nil
  }
}

extension TableProfile.Numbers {
  /// Points of equal weight again: of all points, each with the weight of its share, those in the
  /// middle of equal shares.
  fileprivate static func merged(_ parts: [Self]) -> Self {
    let count = parts.reduce(0) { $0 + $1.count }
    var weighted: [(value: Double, weight: Double)] = []
    for part in parts where !part.points.isEmpty {
      let weight = Double(part.count) / Double(part.points.count)
      weighted += part.points.map { ($0, weight) }
    }
    weighted.sort { $0.value < $1.value }
    var points = weighted.map(\.value)
    var error = parts.map(\.rankError).max() ?? 0
    if points.count > TableProfile.pointLimit || parts.contains(where: { $0.rankError > 0 }) {
      let wanted = min(points.count, TableProfile.pointLimit)
      points = []
      var (index, reached) = (0, 0.0)
      for share in 0..<wanted {
        let rank = (Double(share) + 0.5) / Double(wanted) * Double(count)
        while index < weighted.count - 1, reached + weighted[index].weight <= rank {
          reached += weighted[index].weight
          index += 1
        }
        points.append(weighted[index].value)
      }
      error += 1 / Double(max(1, wanted))
    }
    return Self(
      count: count, missingCount: parts.reduce(0) { $0 + $1.missingCount },
      nanCount: parts.reduce(0) { $0 + $1.nanCount },
      infiniteCount: parts.reduce(0) { $0 + $1.infiniteCount },
      deviation: deviation(parts, count), points: points, rankError: error)
  }

  /// The deviation of all, from those of the parts and the means of their points.
  private static func deviation(_ parts: [Self], _ count: Int) -> Double {
    func mean(_ part: Self) -> Double {
      part.points.isEmpty ? 0 : part.points.reduce(0, +) / Double(part.points.count)
    }
    guard count > 0 else { return 0 }
    let whole = parts.reduce(0) { $0 + mean($1) * Double($1.count) } / Double(count)
    let squares = parts.reduce(0) { sum, part in
      let distance = mean(part) - whole
      return sum + Double(part.count) * (part.deviation * part.deviation + distance * distance)
    }
    return (squares / Double(count)).squareRoot()
  }
}

extension TableProfile.Categories {
  fileprivate static func merged(_ parts: [Self]) -> Self {
    var (texts, counts) = ([String](), [Int]())
    var places: [String: Int] = [:]
    for part in parts {
      for (text, count) in zip(part.texts, part.counts) {
        if let place = places[text] {
          counts[place] += count
        } else {
          places[text] = texts.count
          texts.append(text)
          counts.append(count)
        }
      }
    }
    return Self(
      texts: texts, counts: counts, missingCount: parts.reduce(0) { $0 + $1.missingCount })
  }
}
