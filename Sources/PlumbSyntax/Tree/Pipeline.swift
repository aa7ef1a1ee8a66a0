package import PlumbDiagnostics

/// `head | stage | stage`.
package struct Pipeline: Sendable {
  /// A table's name, a call, a variable, or a pipeline in parentheses.
  ///
  /// For an input that begins with `|` it is the name `_` with an empty range.
  package var head: Expression
  /// One or more stages.
  package var stages: [Stage]
  package var range: SourceRange
}

/// A stage of a pipeline.
package indirect enum Stage: Sendable {
  case `where`(WhereStage)
  case select(SelectStage)
  case derive(DeriveStage)
  case drop(DropStage)
  case rename(RenameStage)
  case summarize(SummarizeStage)
  case sort(SortStage)
  case take(CountedStage)
  case skip(CountedStage)
  case tail(CountedStage)
  case sample(SampleStage)
  case top(TopStage)
  case distinct(DistinctStage)
  case count(SourceRange)
  case join(JoinStage)
  case lookup(LookupStage)
  case asof(AsofStage)
  case window(WindowStage)
  case pivot(PivotStage)
  case unpivot(UnpivotStage)
  case explode(ExplodeStage)
  case union(UnionStage)
  case fill(FillStage)
  case describe(SourceRange)
  case drift(DriftStage)
  case pareto(ParetoStage)
  case plot(PlotStage)
  case save(SaveStage)
  /// `NAME(args)`: a function whose first parameter is the table.
  case call(Expression.Call)
  /// What stands for a stage that has an error; the error is already reported.
  case malformed(SourceRange)

  /// Where the stage stands, without the `|` before it.
  package var range: SourceRange {
    switch self {
    case .where(let node): node.range
    case .select(let node): node.range
    case .derive(let node): node.range
    case .drop(let node): node.range
    case .rename(let node): node.range
    case .summarize(let node): node.range
    case .sort(let node): node.range
    case .take(let node), .skip(let node), .tail(let node): node.range
    case .sample(let node): node.range
    case .top(let node): node.range
    case .distinct(let node): node.range
    case .count(let range), .describe(let range), .malformed(let range): range
    case .join(let node): node.range
    case .lookup(let node): node.range
    case .asof(let node): node.range
    case .window(let node): node.range
    case .pivot(let node): node.range
    case .unpivot(let node): node.range
    case .explode(let node): node.range
    case .union(let node): node.range
    case .fill(let node): node.range
    case .drift(let node): node.range
    case .pareto(let node): node.range
    case .plot(let node): node.range
    case .save(let node): node.range
    case .call(let node): node.range
    }
  }
}
