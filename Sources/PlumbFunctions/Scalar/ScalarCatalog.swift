/// The scalar functions, a list per topic.
package enum ScalarCatalog {
  package static let all: [ScalarFunction] =
    conversion + json + lists + nulls + numbers + patterns + records + text + time
}
