package import PlumbColumns

/// A function of values, computed a batch at a time: the definition from which the resolver,
/// the executor, help, completion and the reference all work.
package struct ScalarFunction: Sendable {
  package let name: String
  /// The section of the reference, such as `text`.
  package let topic: String
  /// One sentence: what it gives.
  package let summary: String
  /// More, where it matters: units, null and NaN, sources of formulas. May be empty.
  package let details: String
  package let overloads: [Overload]
  package let examples: [Example]

  package init(
    _ name: String, topic: String, summary: String, details: String = "",
    overloads: [Overload], examples: [Example]
  ) {
    self.name = name
    self.topic = topic
    self.summary = summary
    self.details = details
    self.overloads = overloads
    self.examples = examples
  }

  /// One way to call the function.
  package struct Overload: Sendable {
    package let parameters: [Parameter]
    package let result: ResultRule
    package let nulls: NullBehavior
    package let kernel: @Sendable (KernelCall) throws(FunctionError) -> Column

    package init(
      _ parameters: [Parameter], result: ResultRule, nulls: NullBehavior = .propagate,
      kernel: @escaping @Sendable (KernelCall) throws(FunctionError) -> Column
    ) {
      self.parameters = parameters
      self.result = result
      self.nulls = nulls
      self.kernel = kernel
    }
  }

  /// What happens to nulls.
  package enum NullBehavior: Sendable {
    /// The result is null where an argument is. The caller sees to it: the kernel's result
    /// needs no validity for that. Values at rows outside `KernelCall.validity` mean nothing and
    /// must not raise errors. The kernel may return further nulls of its own.
    case propagate
    /// The kernel sees nulls and decides.
    case handled
  }
}

/// What a kernel gets: its arguments for some rows.
package struct KernelCall: Sendable {
  /// The arguments, converted to the signature's types, each with `count` rows. A constant
  /// argument is in the `.constant` layout. A function argument has an empty column here.
  package let arguments: [Column]
  package let count: Int
  package let resultType: DataType
  /// The rows at which no argument is null; absent when that is all rows.
  package let validity: Bitmap?
  package let environment: Environment
  /// The function arguments, by the position of their parameter.
  package let functions: [Int: Applier]

  /// Computes a function argument on `arguments` (elements), each belonging to an outer row.
  package typealias Applier =
    @Sendable (_ arguments: [Column], _ outerRows: Values<UInt32>) throws(FunctionError) -> Column

  package init(
    arguments: [Column], count: Int, resultType: DataType, validity: Bitmap?,
    environment: Environment, functions: [Int: Applier] = [:]
  ) {
    self.arguments = arguments
    self.count = count
    self.resultType = resultType
    self.validity = validity
    self.environment = environment
    self.functions = functions
  }

  /// Whether row `row` has all its arguments.
  package func isValid(_ row: Int) -> Bool { validity?[row] ?? true }
}

/// What a function may know of the run.
package struct Environment: Sendable {
  /// `now()`, fixed for the run, in microseconds since 1970.
  package let nowMicroseconds: Int
  /// Checks for cancellation and the memory limit, for kernels that work long on one batch.
  package let control: RunControl

  package init(nowMicroseconds: Int, control: RunControl) {
    self.nowMicroseconds = nowMicroseconds
    self.control = control
  }
}
