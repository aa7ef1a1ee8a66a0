extension HTMLReport {
  /// Findings of the last runs with the same rules and parameters, as bars with their numbers.
  var trend: String {
    guard let points = report.movement?.trend, points.count > 1 else { return "" }
    let shown = Array(points.suffix(Self.shownRuns))
    let greatest = max(shown.map(\.findings).max() ?? 0, 1)
    let width = 44
    var bars = ""
    for (index, point) in shown.enumerated() {
      let height = point.findings * 100 / greatest
      let left = index * width + 6
      bars += """
        <rect x="\(left)" y="\(120 - height)" width="32" height="\(height)" rx="2"></rect>\
        <text x="\(left + 16)" y="\(114 - height)" text-anchor="middle">\(point.findings)</text>\
        <text x="\(left + 16)" y="136" text-anchor="middle">\(html(Self.day(point.asOf)))</text>

        """
    }
    let rows = shown.map { point in
      "<tr><th scope=\"row\">\(html(point.asOf))</th><td>\(point.findings)</td>"
        + CheckOutcome.allCases.map { "<td>\(point.counts[$0] ?? 0)</td>" }.joined() + "</tr>\n"
    }
    let heads = CheckOutcome.allCases.map { "<th scope=\"col\">\($0.rawValue)</th>" }
    return """
      <section><h2>History</h2>
      <svg viewBox="0 0 \(shown.count * width + 12) 142" width="\(shown.count * width + 12)" \
      height="142" role="img" \
      aria-label="Open findings of the last \(shown.count) runs">
      \(bars)</svg>
      <details><summary>The numbers</summary><div class="scroll"><table>
      <caption>Runs with the same rules and parameters</caption>
      <thead><tr><th scope="col">as of</th><th scope="col">findings</th>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div></details></section>

      """
  }

  private static let shownRuns = 16

  /// `11-23` of `2026-11-23T12:00:00Z`.
  private static func day(_ time: String) -> String { String(time.dropFirst(5).prefix(5)) }

  /// The page's looks: system fonts, both colour schemes, contrast of 4.5:1 and more, print.
  static let style = """
    :root { color-scheme: light dark; --text: #1c2024; --faint: #56606b; --page: #fbfbfa;
      --card: #fff; --line: #d9dcdf; --link: #0b57a4; --pass: #14632f; --fail: #a11616;
      --waived: #6b4a00; --unknown: #5b2c8f; --error: #a11616; }
    @media screen and (prefers-color-scheme: dark) { :root { --text: #e8eaec; --faint: #a7b0b9;
      --page: #15181b; --card: #1d2125; --line: #3a4046; --link: #8bbcf5; --pass: #7fd79b;
      --fail: #ff9d94; --waived: #f0c76b; --unknown: #cda9f5; --error: #ff9d94; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--page);
      color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 1.9rem; overflow-wrap: anywhere; }
    h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; }
    h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
    a { color: var(--link); }
    a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { position: static; }
    .eyebrow, small, caption { color: var(--faint); }
    .verdict { font-size: 1.15rem; font-weight: 600; }
    .verdict.pass { color: var(--pass); } .verdict.fail { color: var(--fail); }
    .counts { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; }
    .counts li { min-width: 6.5rem; padding: .5rem .9rem; background: var(--card);
      border: 1px solid var(--line); border-radius: .5rem; }
    .counts b { display: block; font-size: 1.5rem; line-height: 1.2; }
    .counts .pass b { color: var(--pass); } .counts .fail b { color: var(--fail); }
    .counts .waived b { color: var(--waived); } .counts .unknown b { color: var(--unknown); }
    .counts .error b { color: var(--error); }
    .badge { display: inline-block; min-width: 4.6rem; padding: 0 .5rem; text-align: center;
      border: 1px solid currentColor; border-radius: 1rem; font-size: .85rem; font-weight: 600; }
    .badge.pass { color: var(--pass); } .badge.fail { color: var(--fail); }
    .badge.waived { color: var(--waived); } .badge.unknown { color: var(--unknown); }
    .badge.error { color: var(--error); }
    .tag { padding: 0 .4rem; color: var(--faint); border: 1px solid var(--line);
      border-radius: .3rem; font-size: .85rem; }
    details { margin: .4rem 0; padding: .4rem .8rem; background: var(--card);
      border: 1px solid var(--line); border-radius: .5rem; }
    summary { cursor: pointer; }
    .scroll { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: .95rem; }
    caption { padding: .3rem 0; text-align: left; }
    th, td { padding: .35rem .6rem; text-align: left; vertical-align: top;
      border-top: 1px solid var(--line); overflow-wrap: break-word; }
    thead th { white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; } .none { color: var(--faint); }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; margin: 0; }
    .facts dt { color: var(--faint); } .facts dd { margin: 0; overflow-wrap: anywhere; }
    .facts ul { margin: 0; padding-left: 1rem; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    td ul { margin: 0; padding-left: 1rem; }
    .digest { font-size: .8em; }
    svg { max-width: 100%; height: auto; }
    svg rect { fill: var(--link); } svg text { fill: var(--text); font-size: 11px; }
    @media print { body { max-width: none; padding: 0; background: #fff; color: #000; }
      /* What is closed on the screen is there on paper. */
      details::details-content { content-visibility: visible; block-size: auto; }
      summary, tr, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
      .skip { display: none; } a { color: inherit; } }

    """
}
