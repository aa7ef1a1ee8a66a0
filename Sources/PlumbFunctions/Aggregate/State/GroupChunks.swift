import PlumbColumns

/// All values of each group, in the order of their rows, as chains of chunks.
///
/// Values are written once, straight to their group's chunk; merging joins chains without
/// copying. Chunks grow with their group, so that many small groups waste at most half.
struct GroupChunks<Element: BitwiseCopyable> {
  /// Where a group's next value goes, and its last chunk.
  private struct Stream: BitwiseCopyable {
    var next: UnsafeMutablePointer<Element>?
    var end: UnsafeMutablePointer<Element>?
    /// The values in the chunks before the last.
    var closedCount: Int
    var lastChunk: Int32
  }

  private struct Chunk {
    let start: UnsafeMutablePointer<Element>
    /// The number of values; meaningless for a group's last chunk.
    var count: Int
    /// The chunk before it in the same group, or -1.
    var previous: Int32
  }

  private static var largestChunk: Int { 1 << 14 }
  private static var blockCount: Int { 1 << 16 }

  private var streams: GroupStates<Stream>
  private var chunks: [Chunk] = []
  private var blocks: [Buffer<Element>] = []
  private var blockUsed = 0
  private var nextBlockCount = 256

  init() {
    streams = GroupStates(
      empty: Stream(next: nil, end: nil, closedCount: 0, lastChunk: -1))
  }

  var groupCount: Int { streams.count }

  mutating func resize(_ groupCount: Int) { streams.resize(groupCount) }

  /// Appends a value to a group.
  @inline(__always)
  mutating func append(_ element: Element, to group: Int) {
    var next = streams.base[group].next
    if next == streams.base[group].end { next = startChunk(group) }
    guard let next else { return }
    next.pointee = element
    streams.base[group].next = next + 1
  }

  /// Begins a new chunk of a group whose last one is full.
  @inline(never)
  private mutating func startChunk(_ group: Int) -> UnsafeMutablePointer<Element> {
    var stream = streams[group]
    let lastCount = Int(stream.lastChunk) < 0 ? 0 : countOfLast(stream)
    if stream.lastChunk >= 0 { chunks[Int(stream.lastChunk)].count = lastCount }
    stream.closedCount += lastCount
    let size = Swift.min(Swift.max(stream.closedCount, 8), Self.largestChunk)
    let start = allocate(size)
    chunks.append(Chunk(start: start, count: 0, previous: stream.lastChunk))
    stream.lastChunk = Int32(chunks.count - 1)
    stream.next = start
    stream.end = start + size
    streams[group] = stream
    return start
  }

  private mutating func allocate(_ size: Int) -> UnsafeMutablePointer<Element> {
    if blocks.last.map({ blockUsed + size > $0.count }) ?? true {
      nextBlockCount = Swift.min(nextBlockCount * 4, Self.blockCount)
      blocks.append(Buffer(count: Swift.max(nextBlockCount, size)))
      blockUsed = 0
    }
    let start = blocks[blocks.count - 1].base + blockUsed
    blockUsed += size
    return start
  }

  private func countOfLast(_ stream: Stream) -> Int {
    guard stream.lastChunk >= 0, let next = stream.next else { return 0 }
    return next - chunks[Int(stream.lastChunk)].start
  }

  /// The number of values of a group.
  func count(of group: Int) -> Int { streams[group].closedCount + countOfLast(streams[group]) }

  /// A group's values in order, piece by piece. Valid while the chunks are kept and not changed.
  func pieces(of group: Int) -> [UnsafeBufferPointer<Element>] {
    let stream = streams[group]
    guard stream.lastChunk >= 0 else { return [] }
    var pieces = [
      UnsafeBufferPointer(
        start: UnsafePointer(chunks[Int(stream.lastChunk)].start), count: countOfLast(stream))
    ]
    var chunk = chunks[Int(stream.lastChunk)].previous
    while chunk >= 0 {
      pieces.append(
        UnsafeBufferPointer(
          start: UnsafePointer(chunks[Int(chunk)].start), count: chunks[Int(chunk)].count))
      chunk = chunks[Int(chunk)].previous
    }
    pieces.reverse()
    return pieces
  }

  /// Copies a group's values.
  func copy(of group: Int) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: count(of: group))
    var filled = 0
    for piece in pieces(of: group) {
      if let source = piece.baseAddress, let target = copy.baseAddress {
        (target + filled).update(from: source, count: piece.count)
        filled += piece.count
      }
    }
    return copy
  }

  /// Appends another worker's values after those here; its group `i` is `groups[i]` here.
  ///
  /// The other must not be used afterwards: its memory is shared.
  mutating func merge(_ other: GroupChunks, groups: [UInt32]) {
    guard let last = groups.max() else { return }
    resize(Int(last) + 1)
    let shift = Int32(chunks.count)
    // The other's blocks go first, so that the last block remains the one being filled here.
    blocks.insert(contentsOf: other.blocks, at: 0)
    for chunk in other.chunks {
      chunks.append(
        Chunk(
          start: chunk.start, count: chunk.count,
          previous: chunk.previous < 0 ? -1 : chunk.previous + shift))
    }
    for (source, target) in groups.enumerated() where source < other.streams.count {
      let later = other.streams[source]
      guard later.lastChunk >= 0 else { continue }
      let here = streams[Int(target)]
      if here.lastChunk >= 0 {
        chunks[Int(here.lastChunk)].count = countOfLast(here)
        var first = later.lastChunk + shift
        while chunks[Int(first)].previous >= 0 { first = chunks[Int(first)].previous }
        chunks[Int(first)].previous = here.lastChunk
      }
      streams[Int(target)] = Stream(
        next: later.next, end: later.end,
        closedCount: later.closedCount + here.closedCount + countOfLast(here),
        lastChunk: later.lastChunk + shift)
    }
  }
}
