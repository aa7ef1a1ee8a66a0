package import PlumbColumns

/// Rows, and how they are to be drawn.
package struct Chart: Sendable {
  package let specification: ChartSpecification
  /// A column for each of the specification's, by name.
  package let table: Table

  package init(_ specification: ChartSpecification, _ table: Table) {
    self.specification = specification
    self.table = table
  }

  /// What is drawn: panels, axes, marks. Times are laid out by the clock of `zone`.
  ///
  /// Many points become few marks here, so that whatever draws the scene has little to do.
  package func scene(
    zone: TimeZoneRules = .utc, control: RunControl = RunControl()
  ) throws(RunControl.Interruption) -> Scene {
    var builder = try SceneBuilder(self, zone: zone, control: control)
    return try builder.build()
  }
}
