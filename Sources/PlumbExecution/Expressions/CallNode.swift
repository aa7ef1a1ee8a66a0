import PlumbColumns
import PlumbDiagnostics
import PlumbFunctions

import PlumbPlan
import Synchronization

/// A call of a scalar function.
struct CallNode: ExpressionNode {
  let call: ScalarCall
  let arguments: [any ExpressionNode]
  let lambdas: [Int: BoundLambda]
  let environment: Environment
  var type: DataType { call.type }
  var isCheap: Bool { false }

  /// A function argument: its body sees the columns around it, then its parameters.
  struct BoundLambda: Sendable {
    let body: any ExpressionNode
    let outerCount: Int
  }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var columns: [Column] = []
    for (position, argument) in arguments.enumerated() {
      columns.append(
        lambdas[position] == nil ? try argument.evaluate(frame) : .nulls(.null, count: 0))
    }
    if call.overload.nulls == .propagate,
      columns.indices.contains(where: { lambdas[$0] == nil && columns[$0].isAllNull })
    {
      return .nulls(type, count: frame.count)
    }
    let isConstant = lambdas.isEmpty && columns.allSatisfy { $0.constantValue != nil }
    if isConstant {
      let one = try apply(columns.map { $0.withCount(1) }, frame, count: 1)
      return Column(
        constant: try one.onlyValue(environment.control), type: type, count: frame.count)
    }
    return try apply(columns, frame, count: frame.count)
  }

  private func apply(
    _ columns: [Column], _ frame: RowFrame, count: Int
  ) throws(ExecutionError) -> Column {
    var validity: Bitmap?
    if call.overload.nulls == .propagate {
      for (position, column) in columns.enumerated() where lambdas[position] == nil {
        validity = intersection(validity, column.validity)
      }
    }
    let failure = LambdaFailure()
    let kernelCall = KernelCall(
      arguments: columns, count: count, resultType: type, validity: validity,
      environment: environment, functions: lambdas.mapValues { applier($0, frame, failure) })
    do {
      let result = try call.overload.kernel(kernelCall)
      guard let validity else { return result }
      return result.withValidity(intersection(validity, result.presence))
    } catch {
      // What went wrong inside a lambda has a place of its own.
      if let inner = failure.error { throw inner }
      throw ExecutionError(
        error, topic: call.function.topic, range: call.range, control: environment.control)
    }
  }

  private func applier(
    _ lambda: BoundLambda, _ frame: RowFrame, _ failure: LambdaFailure
  ) -> KernelCall.Applier {
    { (elements, outerRows) throws(FunctionError) in
      do throws(ExecutionError) {
        return try lambda.body.values(RowFrame(frame, rows: outerRows, adding: elements))
      } catch {
        failure.error = error
        throw FunctionError(error.message, hint: error.hint)
      }
    }
  }
}

/// Carries an error of a lambda's body past the function that called it.
private final class LambdaFailure: Sendable {
  private let stored = Mutex<ExecutionError?>(nil)

  var error: ExecutionError? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}

extension Column {
  /// Whether the layout says that no row has a value.
  fileprivate var isAllNull: Bool {
    if case .constant(.null) = storage { true } else { false }
  }
}

/// A function of the program that runs row by row on values, nulls and all.
struct RowFunctionNode: ExpressionNode {
  let function: RowFunction
  let arguments: [any ExpressionNode]
  let type: DataType
  let range: SourceRange?
  let control: RunControl
  var isCheap: Bool { false }

  func evaluate(_ frame: RowFrame) throws(ExecutionError) -> Column {
    var columns: [Column] = []
    for argument in arguments { columns.append(try argument.evaluate(frame)) }
    var builder = ColumnBuilder(type: type, capacity: frame.count)
    for row in 0..<frame.count {
      if row & 0x3F == 0 {
        do { try control.check() } catch { throw ExecutionError(error) }
      }
      do throws(RowFunction.Failure) {
        builder.append(try function.evaluate(columns.map { $0.value(at: row) }))
      } catch {
        let cause = error.diagnostic
        throw ExecutionError(
          cause.code, cause.message, hint: cause.help, range: cause.range ?? range)
      }
    }
    return builder.finish()
  }
}
