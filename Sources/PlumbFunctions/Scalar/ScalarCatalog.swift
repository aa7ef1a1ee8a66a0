/// The scalar functions, a list per topic.
package enum ScalarCatalog {
  package static let all: [ScalarFunction] =
    conversion + nulls + numbers + patterns + text + time
}
