package import PlumbColumns
package import PlumbFunctions

extension LogicalPlan {
  /// The samples of two tables compared feature by feature: a row for each key, window and feature.
  package struct Drift: Sendable {
    /// The current rows.
    package let input: LogicalPlan
    /// The reference rows; absent when they are rows of the input.
    package let referenceInput: LogicalPlan?
    package let reference: Reference
    package let features: [Feature]
    /// The keys over the input, and those over the reference table in the same order.
    package let keys: [OutputColumn]
    package let referenceKeys: [ResolvedExpression]
    package let windows: Windows?
    package let settings: DriftSettings
    package let schema: Schema

    /// Which rows are the reference.
    package enum Reference: Sendable {
      /// All rows of the reference table with the same keys.
      case table
      /// The window before, of the same keys.
      case previous
      /// The rows from the earliest time on, up to that long after; the rows after them are
      /// compared with them. In the unit of the time.
      case first(Int)
    }

    /// A column that is compared.
    package struct Feature: Sendable {
      package let name: String
      package let isCategory: Bool
      package let type: DataType

      package init(name: String, isCategory: Bool, type: DataType) {
        self.name = name
        self.isCategory = isCategory
        self.type = type
      }
    }

    /// `over TIME every STEP`.
    package struct Windows: Sendable {
      package let time: ResolvedExpression
      /// In microseconds for times, else in the unit of the number.
      package let step: Int

      package init(time: ResolvedExpression, step: Int) {
        self.time = time
        self.step = step
      }
    }

    package init(
      input: LogicalPlan, referenceInput: LogicalPlan?, reference: Reference,
      features: [Feature], keys: [OutputColumn], referenceKeys: [ResolvedExpression],
      windows: Windows?, settings: DriftSettings
    ) {
      self.input = input
      self.referenceInput = referenceInput
      self.reference = reference
      self.features = features
      self.keys = keys
      self.referenceKeys = referenceKeys
      self.windows = windows
      self.settings = settings
      schema = Self.schema(keys: keys, windows: windows, settings: settings)
    }

    /// The profile that stands for the reference table, if one does.
    package var profile: TableProfile? {
      guard case .scan(let scan)? = referenceInput,
        let table = scan.provider as? ProfileTable
      else { return nil }
      return table.profile
    }

    /// The columns of the result before those of the keys and the window are put in front.
    package static func columns(_ settings: DriftSettings) -> [Schema.Field] {
      var fields = [
        Schema.Field("feature", .string, isTelling: true), Schema.Field("type", .string),
        Schema.Field("method", .string), Schema.Field("statistic", .float, isTelling: true),
        Schema.Field("p_value", .float, isTelling: true), Schema.Field("threshold", .float),
        Schema.Field("drifted", .bool, isTelling: true), Schema.Field("n_reference", .int),
        Schema.Field("n_current", .int), Schema.Field("missing_reference", .int),
        Schema.Field("missing_current", .int), Schema.Field("p_corrected", .float),
      ]
      if settings.isAutomatic {
        fields += ["wasserstein_norm", "js", "psi"].map { Schema.Field($0, .float) }
      }
      if settings.showsUnchangedPSI { fields.append(Schema.Field("psi_unchanged", .float)) }
      return fields + [Schema.Field("note", .string), Schema.Field("recipe", .string)]
    }

    private static func schema(
      keys: [OutputColumn], windows: Windows?, settings: DriftSettings
    ) -> Schema {
      let window = windows.map { [Schema.Field("window", $0.time.type)] } ?? []
      return Schema((keys.map(\.field) + window).map(\.asTelling) + columns(settings))
    }

    /// The same comparison over other inputs and expressions.
    func with(
      input: LogicalPlan? = nil, referenceInput: LogicalPlan? = nil,
      keys: [OutputColumn]? = nil, referenceKeys: [ResolvedExpression]? = nil,
      time: ResolvedExpression? = nil
    ) -> Drift {
      Drift(
        input: input ?? self.input, referenceInput: referenceInput ?? self.referenceInput,
        reference: reference, features: features, keys: keys ?? self.keys,
        referenceKeys: referenceKeys ?? self.referenceKeys,
        windows: windows.map { Windows(time: time ?? $0.time, step: $0.step) },
        settings: settings)
    }
  }
}
