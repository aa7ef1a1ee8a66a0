import PlumbColumns

/// The columns of several files under one schema: by name, in order of first appearance.
struct ParquetFields {
  private(set) var fields: [Schema.Field] = []
  private(set) var families: [Schema.Family] = []

  init(_ parts: [ParquetPart]) throws(ImportError) {
    var places: [String: Int] = [:]
    var paths: [String] = []
    for part in parts {
      for (name, family) in part.fields {
        guard let type = part.columns[name]?.type(part.leaves) else { continue }
        guard let place = places[name] else {
          places[name] = fields.count
          paths.append(part.file.path)
          fields.append(Schema.Field(name, type, family: family))
          continue
        }
        let known = fields[place]
        guard let unified = known.type.unified(with: type), known.family == family,
          unified == known.type || unified == .float || known.type == .null
        else {
          throw JoinedTables.mismatch(
            name, (known.type, paths[place]), (type, part.file.path))
        }
        fields[place] = Schema.Field(name, unified, family: family)
      }
      for (name, content) in part.maps.sorted(by: { $0.key < $1.key })
      where !families.contains(where: { $0.name == name }) {
        families.append(
          Schema.Family(name, missingType: content.map.value.type(part.leaves)))
      }
    }
    // Columns of nulls that no file has a type for are texts, as in text files.
    fields = fields.map {
      $0.type == .null ? Schema.Field($0.name, .string, family: $0.family) : $0
    }
  }
}
