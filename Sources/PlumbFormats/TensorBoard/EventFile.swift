import PlumbColumns

/// What an event file says of a run: the scalars, and the hyperparameters if there are any.
struct EventFile: Sendable {
  /// The tags in the order in which they came.
  private(set) var tags: [Tag] = []
  private(set) var points: [Point] = []
  private(set) var restarts: [Restart] = []
  private(set) var hyperparameters: [KeyedText] = []
  private(set) var session = Session()
  /// Microseconds since 1970.
  private(set) var firstTime: Int?
  private(set) var lastTime: Int?
  /// What the user should know.
  private(set) var note: String?
  private var places: [String: Int] = [:]

  /// A series: its name, and the plugin that it is for, if that has been said.
  struct Tag: Sendable {
    let name: String
    var plugin: String?
  }

  /// A number of a series.
  struct Point: Sendable {
    /// The place of its tag.
    var tag: Int
    let value: Double
    let step: Int
    /// Microseconds since 1970.
    let time: Int
    /// Whether it came as a tensor, of which the plugin says whether it is a scalar.
    let isTensor: Bool
  }

  /// A run that went on from a step: what it had logged from there on no longer counts.
  struct Restart: Sendable {
    /// The points before it.
    let pointCount: Int
    let step: Int
  }

  /// What the hyperparameter plugin says of a run as a whole.
  struct Session: Sendable {
    /// `FINISHED`, `FAILED` or `RUNNING`.
    var status: String?
    /// Microseconds since 1970.
    var start: Int?
    var end: Int?
  }

  /// Reads a file.
  init(_ path: String, _ control: RunControl) throws(ImportError) {
    let file = try RandomAccessFile(path)
    let handle = try file.open()
    var records = TFRecordReader(handle, byteCount: file.byteCount)
    do throws(FormatFault) {
      while let record = try records.next(control) { try read(record) }
    } catch {
      throw error.error(in: path)
    }
    if records.isCutOff {
      note =
        "`\(path)` ends within a record, at byte \(records.offset), and was read up to there: it "
        + "is being written, or its writer was stopped"
    }
  }

  // MARK: Events

  /// Reads an `Event` (tensorflow/core/util/event.proto).
  private mutating func read(_ record: ByteReader) throws(FormatFault) {
    var time: Int?
    var step = 0
    var summaries: [ProtobufReader] = []
    var isRestart = false
    var message = ProtobufReader(record)
    while let field = try message.next() {
      switch field.number {
      case 1: time = Self.microseconds(seconds: try message.double(field))
      case 2: step = try message.integer(field)
      case 5: summaries.append(try message.message(field))
      case 7:
        var log = try message.message(field)
        while let field = try log.next() {
          // START
          if field.number == 1 {
            if try log.integer(field) == 1 { isRestart = true }
          } else {
            try log.skip(field)
          }
        }
      default: try message.skip(field)
      }
    }
    if let time {
      firstTime = min(firstTime ?? time, time)
      lastTime = max(lastTime ?? time, time)
    }
    if isRestart { restarts.append(Restart(pointCount: points.count, step: step)) }
    for var summary in summaries {
      while let field = try summary.next() {
        if field.number == 1 {
          try read(value: try summary.message(field), step: step, time: time ?? 0)
        } else {
          try summary.skip(field)
        }
      }
    }
  }

  /// Reads a `Summary.Value` (tensorflow/core/framework/summary.proto).
  private mutating func read(
    value: ProtobufReader, step: Int, time: Int
  ) throws(FormatFault) {
    var message = value
    var name = ""
    var number: Double?
    var isTensor = false
    var metadata: ProtobufReader?
    while let field = try message.next() {
      switch field.number {
      case 1: name = try message.text(field)
      case 2: number = Double(try message.float(field))
      case 8:
        isTensor = true
        number = try ScalarTensor.value(try message.message(field))
      case 9: metadata = try message.message(field)
      default: try message.skip(field)
      }
    }
    var plugin: String?
    if let metadata { plugin = try self.plugin(metadata) }
    // Later values of a tag mostly come without the metadata of the first.
    guard number != nil || plugin != nil else { return }
    let tag = place(of: name)
    if let plugin, tags[tag].plugin == nil { tags[tag].plugin = plugin }
    if let number {
      points.append(
        Point(tag: tag, value: number, step: step, time: time, isTensor: isTensor))
    }
  }

  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = tags.count
    tags.append(Tag(name: name, plugin: nil))
    return tags.count - 1
  }

  /// Reads `SummaryMetadata`: the name of the plugin, and the content of the one for
  /// hyperparameters.
  private mutating func plugin(_ metadata: ProtobufReader) throws(FormatFault) -> String? {
    var message = metadata
    var name: String?
    while let field = try message.next() {
      guard field.number == 1 else {
        try message.skip(field)
        continue
      }
      var data = try message.message(field)
      var content: ProtobufReader?
      while let field = try data.next() {
        switch field.number {
        case 1: name = try data.text(field)
        case 2: content = try data.message(field)
        default: try data.skip(field)
        }
      }
      if name == "hparams", let content { try readHyperparameters(content) }
    }
    return name
  }

  /// Reads `HParamsPluginData` (tensorboard/plugins/hparams/plugin_data.proto).
  private mutating func readHyperparameters(_ content: ProtobufReader) throws(FormatFault) {
    var message = content
    while let field = try message.next() {
      switch field.number {
      case 3:
        var start = try message.message(field)
        while let field = try start.next() {
          switch field.number {
          case 1: try readParameter(try start.message(field))
          case 5: session.start = Self.microseconds(seconds: try start.double(field))
          default: try start.skip(field)
          }
        }
      case 4:
        var end = try message.message(field)
        while let field = try end.next() {
          switch field.number {
          case 1:
            switch try end.integer(field) {
            case 1: session.status = "FINISHED"
            case 2: session.status = "FAILED"
            case 3: session.status = "RUNNING"
            default: break
            }
          case 2: session.end = Self.microseconds(seconds: try end.double(field))
          default: try end.skip(field)
          }
        }
      default: try message.skip(field)
      }
    }
  }

  /// Reads an entry of the map from names to `google.protobuf.Value`.
  private mutating func readParameter(_ entry: ProtobufReader) throws(FormatFault) {
    var message = entry
    var key = ""
    var text: String?
    while let field = try message.next() {
      switch field.number {
      case 1: key = try message.text(field)
      case 2:
        var value = try message.message(field)
        while let field = try value.next() {
          switch field.number {
          case 2: text = Self.text(try value.double(field))
          case 3: text = try value.text(field)
          case 4: text = try value.integer(field) == 0 ? "False" : "True"
          default: try value.skip(field)
          }
        }
      default: try message.skip(field)
      }
    }
    hyperparameters.removeAll { $0.key == key }
    hyperparameters.append(KeyedText(key, text))
  }

  /// Numbers are all doubles there: whole ones are written as ints are.
  private static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
    return "\(number)"
  }

  /// Nil for a time that is none.
  private static func microseconds(seconds: Double) -> Int? {
    let micro = (seconds * 1_000_000).rounded()
    return abs(micro) < 0x1p62 ? Int(micro) : nil
  }
}
