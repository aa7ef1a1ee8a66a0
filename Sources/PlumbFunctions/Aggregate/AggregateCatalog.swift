/// The aggregates.
package enum AggregateCatalog {
  package static let all: [AggregateFunction] = []
}
