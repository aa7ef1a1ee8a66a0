/// What is kept of a table's columns, so that later data can be compared with them without their
/// rows: evenly spaced quantiles of numbers, counts of categories, and what was missing.
package struct TableProfile: Sendable, Equatable {
  package let rowCount: Int
  package let features: [Feature]
  /// The columns whose values have profiles of their own; none unless they were asked for.
  package let keys: [Key]
  /// The profiles of the rows that agree in the keys, in order of their first appearance.
  package let groups: [Group]

  package init(
    rowCount: Int, features: [Feature], keys: [Key] = [], groups: [Group] = []
  ) {
    self.rowCount = rowCount
    self.features = features
    self.keys = keys
    self.groups = groups
  }

  /// A column whose values have profiles of their own.
  package struct Key: Sendable, Equatable {
    package let name: String
    package let type: DataType

    package init(name: String, type: DataType) {
      self.name = name
      self.type = type
    }

    /// The types that keys may have.
    package static let types: [DataType] = [.bool, .int, .string]
  }

  /// The rows that agree in the keys.
  package struct Group: Sendable, Equatable {
    /// A value for each key.
    package let values: [Value]
    /// Without keys of its own.
    package let profile: TableProfile

    package init(values: [Value], profile: TableProfile) {
      self.values = values
      self.profile = profile
    }
  }

  package struct Feature: Sendable, Equatable {
    package let name: String
    package let type: DataType
    package let content: Content

    package init(name: String, type: DataType, content: Content) {
      self.name = name
      self.type = type
      self.content = content
    }
  }

  package enum Content: Sendable, Equatable {
    case numbers(Numbers)
    case categories(Categories)
  }

  /// Finite numbers by their quantiles.
  package struct Numbers: Sendable, Equatable {
    /// The finite numbers.
    package let count: Int
    package let missingCount: Int
    package let nanCount: Int
    package let infiniteCount: Int
    /// The standard deviation as a population.
    package let deviation: Double
    /// In ascending order: all numbers if they are few, else one for each of as many equal shares.
    package let points: [Double]
    /// How far the share of the points below a value may be from that of the numbers.
    package let rankError: Double

    package init(
      count: Int, missingCount: Int, nanCount: Int, infiniteCount: Int, deviation: Double,
      points: [Double], rankError: Double
    ) {
      self.count = count
      self.missingCount = missingCount
      self.nanCount = nanCount
      self.infiniteCount = infiniteCount
      self.deviation = deviation
      self.points = points
      self.rankError = rankError
    }
  }

  /// How often categories occur.
  package struct Categories: Sendable, Equatable {
    package let texts: [String]
    package let counts: [Int]
    package let missingCount: Int

    package init(texts: [String], counts: [Int], missingCount: Int) {
      self.texts = texts
      self.counts = counts
      self.missingCount = missingCount
    }
  }

  package subscript(name: String) -> Feature? { features.first { $0.name == name } }

  /// The most points that are kept of a column of numbers.
  package static let pointLimit = 4096
  /// The most categories that are kept of a column.
  package static let categoryLimit = 100_000
  /// The most groups that have profiles of their own.
  package static let groupLimit = 10_000
}

extension TableProfile.Numbers {
  /// The points of a sample of `count` numbers in ascending order, `value` giving one by its rank.
  package static func points(count: Int, _ value: (Int) -> Double) -> (
    points: [Double], rankError: Double
  ) {
    let limit = TableProfile.pointLimit
    guard count > limit else { return ((0..<count).map(value), 0) }
    let points = (0..<limit).map { value((2 * $0 + 1) * count / (2 * limit)) }
    return (points, 0.5 / Double(limit) + 1 / Double(count))
  }
}
