import PlumbColumns

/// What a pass does with the cells of a column.
enum CSVPlan: UInt8, BitwiseCopyable {
  /// Nothing: another pass has them.
  case skip
  /// Only find out their kinds.
  case judge
  case int, float, bool, timestamp, duration, text

  init(_ type: DataType) {
    switch type {
    case .int: self = .int
    case .float: self = .float
    case .bool: self = .bool
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .string, .list, .record: self = .text
    case .null: self = .judge
    }
  }

  /// The bytes of a value in a segment; 0 where none is kept.
  var valueBytes: Int {
    switch self {
    case .skip, .judge: 0
    case .int, .float, .timestamp, .duration: 8
    case .text: 4
    case .bool: 1
    }
  }
}

/// The cells of one column within a segment: plain pointers for the inner loop.
struct CSVCells: BitwiseCopyable {
  var plan: CSVPlan
  /// Whether the user gave the type, so that another cell is an error.
  var isGiven: Bool
  /// Values of the plan's width, at null rows 0.
  var values: UnsafeMutableRawPointer
  /// 1 at null rows.
  var nulls: UnsafeMutablePointer<UInt8>
  var nullCount = 0
  /// The kinds of the cells that were looked at.
  var kinds: CellKinds = []
  /// Where the first cell is that the given type cannot read.
  var badOffset = -1
  /// The text before this one: repeats need no look into the dictionary.
  var lastText: UnsafePointer<UInt8>?
  var lastLength = 0
  var lastCode: UInt32 = 0
}

/// What one pass made of one run of records.
final class CSVSegment: @unchecked Sendable {
  /// The bytes from the first record to after the last.
  let start: Int
  private(set) var end: Int
  private(set) var rowCount = 0
  /// Whose dictionaries the codes of texts are from.
  let worker: Int
  private(set) var fault: (fault: CSVFault, offset: Int)?
  /// Records with too few or too many cells that were mended, and the first of them.
  var mended = (count: 0, offset: -1)

  let cells: UnsafeMutablePointer<CSVCells>
  let columnCount: Int
  /// Columns are released by several threads, each its own: plain memory, not arrays.
  private let values: UnsafeMutablePointer<Buffer<UInt8>?>
  private let nulls: UnsafeMutablePointer<Buffer<UInt8>?>
  private(set) var capacity: Int

  init(
    start: Int, worker: Int, plans: [CSVPlan], given: [Bool], capacity: Int
  ) {
    self.start = start
    end = start
    self.worker = worker
    self.capacity = capacity
    columnCount = plans.count
    cells = .allocate(capacity: max(plans.count, 1))
    values = .allocate(capacity: max(plans.count, 1))
    nulls = .allocate(capacity: max(plans.count, 1))
    for (column, plan) in plans.enumerated() {
      let value = Buffer<UInt8>(count: plan.valueBytes * capacity)
      let null = Buffer<UInt8>(count: plan.valueBytes == 0 ? 0 : capacity)
      (values + column).initialize(to: value)
      (nulls + column).initialize(to: null)
      (cells + column).initialize(
        to: CSVCells(
          plan: plan, isGiven: given[column], values: UnsafeMutableRawPointer(value.base),
          nulls: null.base))
    }
  }

  deinit {
    values.deinitialize(count: columnCount)
    nulls.deinitialize(count: columnCount)
    values.deallocate()
    nulls.deallocate()
    cells.deallocate()
  }

  func finish(end: Int, rowCount: Int, fault: (CSVFault, Int)? = nil) {
    self.end = end
    self.rowCount = rowCount
    if let fault { self.fault = (fault.0, fault.1) }
  }

  /// Makes room for half as many rows again.
  func grow() {
    let larger = capacity + capacity / 2 + 64
    for column in 0..<columnCount {
      let width = cells[column].plan.valueBytes
      guard width > 0, let oldValues = values[column], let oldNulls = nulls[column] else {
        continue
      }
      let value = Buffer<UInt8>(count: width * larger)
      value.base.update(from: oldValues.base, count: width * capacity)
      let null = Buffer<UInt8>(count: larger)
      null.base.update(from: oldNulls.base, count: capacity)
      values[column] = value
      nulls[column] = null
      cells[column].values = UnsafeMutableRawPointer(value.base)
      cells[column].nulls = null.base
    }
    capacity = larger
  }

  /// Takes over a column that another pass over the same records has made.
  func adopt(_ column: Int, from other: CSVSegment) {
    cells[column] = other.cells[column]
    values[column] = other.values[column]
    nulls[column] = other.nulls[column]
  }

  /// Gives back the memory of a column.
  func release(_ column: Int) {
    values[column] = nil
    nulls[column] = nil
    cells[column].plan = .skip
  }
}
