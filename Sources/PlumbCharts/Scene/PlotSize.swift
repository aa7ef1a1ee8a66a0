extension Scene {
  /// The pixels of one panel without its axes, in images: the more panels, the smaller each.
  var plotSize: (width: Int, height: Int) {
    switch panels.count {
    case ...1: (560, heightOfOne)
    case 2: (270, 220)
    default: (190, 150)
    }
  }

  /// The panels beside each other in images.
  var panelsPerRow: Int { min(max(panels.count, 1), 3) }

  /// Categories on the vertical axis need a line each.
  private var heightOfOne: Int {
    guard let labels = panels.first?.y.labels else { return 320 }
    return max(160, min(1_200, labels.count * 22))
  }
}
