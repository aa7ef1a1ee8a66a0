/// What help explains besides stages, statements and functions: types, operators, names.
package enum TopicCatalog {
  /// The topics, in the order in which they are best read. A new one is a file and a line here.
  package static let all: [LanguageDefinition] = [
    .types,
    .nullValue,
    .notANumber,
    .boolType,
    .intType,
    .floatType,
    .stringType,
    .timestampType,
    .durationType,
    .listType,
    .recordType,
    .conversions,
    .operators,
    .arithmetic,
    .comparisons,
    .membership,
    .matching,
    .orElse,
    .logic,
    .choice,
    .lambda,
    .pipelines,
    .families,
    .names,
    .lines,
  ]
}
