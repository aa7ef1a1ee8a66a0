import PlumbColumns
import PlumbFunctions

/// No overload takes these columns.
struct NoOverload: Error {}

/// Calls the first overload of a function that takes columns of these types, as the executor does.
func callScalar(
  _ name: String, _ arguments: [Column], control: RunControl = RunControl()
) throws -> Column {
  guard let function = ScalarCatalog.all.first(where: { $0.name == name }) else {
    throw NoOverload()
  }
  for overload in function.overloads where overload.parameters.count == arguments.count {
    var binding = PatternBinding()
    let fits = zip(overload.parameters, arguments).allSatisfy { parameter, column in
      binding.match(parameter.pattern, column.type)
    }
    guard fits else { continue }
    var validity: Bitmap?
    if case .propagate = overload.nulls {
      for column in arguments {
        guard let presence = column.presence else { continue }
        validity = validity?.intersection(presence) ?? presence
      }
    }
    let result = try overload.kernel(
      KernelCall(
        arguments: arguments, count: arguments.first?.count ?? 0,
        resultType: overload.result.type(for: arguments.map(\.type)), validity: validity,
        environment: Environment(nowMicroseconds: 0, control: control)))
    guard let validity else { return result }
    return result.withValidity(result.presence?.intersection(validity) ?? validity)
  }
  throw NoOverload()
}
