/// The colors and fonts of an image.
enum SVGStyle {
  /// The style sheet, within one image.
  static func text(scope: String) -> String {
    """
    <style>
    .\(scope){--page:#fff;--ink:#222;--soft:#666;--grid:#e4e4e4;--other:#9a9a9a;\(colors(Palette.light));font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    @media(prefers-color-scheme:dark){.\(scope){--page:#16181d;--ink:#e8e8e8;--soft:#a8a8a8;--grid:#33363d;--other:#7d7d7d;\(colors(Palette.dark))}}
    .\(scope) .page{fill:var(--page)}
    .\(scope) text{fill:var(--ink)}
    .\(scope) .title{font-size:15px;font-weight:600}
    .\(scope) .heading,.\(scope) .legend-title{font-weight:600}
    .\(scope) .tick,.\(scope) .note,.\(scope) .axis-title{fill:var(--soft)}
    .\(scope) .tick,.\(scope) .note{font-size:11px}
    .\(scope) .grid{stroke:var(--grid);stroke-width:1}
    .\(scope) .frame{stroke:var(--soft);stroke-width:1;fill:none}
    .\(scope) .rule{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:5 4}
    .\(scope) .line{fill:none;stroke-linejoin:round;stroke-linecap:round}

    </style>
    """
    .replacing("\n\n", with: "\n") + "\n"
  }

  private static func colors(_ palette: [String]) -> String {
    palette.enumerated().map { "--c\($0):\($1)" }.joined(separator: ";")
  }

  /// The attribute that fills with a color.
  static func fill(_ paint: Paint) -> String { "style=\"fill:\(color(paint))\"" }

  static func color(_ paint: Paint) -> String {
    switch paint {
    case .series(let index): "var(--c\(index % Palette.light.count))"
    case .other: "var(--other)"
    case .gradient(let share): Palette.gradientColor(share)
    }
  }
}
