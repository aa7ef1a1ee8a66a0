import PlumbColumns
import PlumbOutput

extension ReportFormat {
  /// One page for people: no script, no network, readable without colour and by a screen reader.
  package static let html = ReportFormat(
    "html", summary: "a page for people, in one file that needs nothing else"
  ) { report in
    HTMLReport(report).page
  }
}

/// Writes the page. All text goes through ``TextEscapes/html(_:)``.
struct HTMLReport {
  let report: AuditReport

  init(_ report: AuditReport) { self.report = report }

  var page: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="referrer" content="no-referrer">
    <title>Audit of \(html(report.script.name))</title>
    <style>
    \(HTMLReport.style)</style>
    </head>
    <body>
    <a class="skip" href="#blockers">Skip to what blocks</a>
    \(header)<main>
    \(report.sections.prefix(Self.firstSections).map(section).joined())\(blockers)\(trend)\
    \(report.sections.dropFirst(Self.firstSections).map(section).joined())\(groups)\(models)\(controls)\
    \(waivers)\(sources)</main>
    </body>
    </html>

    """
  }

  /// The tables of the script that stand before what blocks, such as the level.
  private static let firstSections = 2

  func html(_ text: String) -> String { TextEscapes.html(text) }

  // MARK: The top of the page

  private var header: String {
    let counts = CheckOutcome.allCases.map { outcome in
      "<li class=\"\(outcome.rawValue)\"><b>\(report.count(outcome))</b> \(outcome.rawValue)</li>"
    }
    return """
      <header>
      <p class="eyebrow">Audit as of \(html(report.asOfText))</p>
      <h1>\(html(report.script.name))</h1>
      <p class="verdict \(report.verdict == .passed ? "pass" : "fail")">\(mark) \
      \(html(report.verdictText))</p>
      <ul class="counts">\(counts.joined())</ul>
      \(movementLine)</header>

      """
  }

  private var mark: String {
    switch report.verdict {
    case .passed: "Passed:"
    case .failed: "Failed:"
    case .undecided: "Undecided:"
    }
  }

  private var movementLine: String {
    guard let movement = report.movement else { return "" }
    if let obstacle = movement.obstacle {
      return "<p>Not compared with earlier runs: \(html(obstacle)).</p>\n"
    }
    return """
      <p>Since the run before: \(movement.new.count) new, \(movement.reopened.count) reopened, \
      \(movement.persistent.count) persistent, \(movement.fixed.count) fixed.</p>

      """
  }

  /// What keeps the audit from passing, the gravest first.
  private var blockers: String {
    let blocking = report.results.filter {
      $0.severity >= report.gate.failOn && $0.outcome != .pass && $0.outcome != .waived
    }.sorted { $0.severity > $1.severity }
    let items = blocking.map { result in
      """
      <li><a href="#\(anchor(result))"><code>\(html(result.definition.id))</code> \
      \(html(result.definition.title))</a> <span class="tag">\(result.severity.rawValue)</span> \
      \(badge(result.outcome)) \(prose(result.summaryText ?? ""))</li>

      """
    }
    return """
      <section id="blockers"><h2>What blocks</h2>
      \(items.isEmpty ? "<p>Nothing.</p>" : "<ol>\n\(items.joined())</ol>")
      </section>

      """
  }

  // MARK: Drill-down

  private var groups: String {
    let parts = report.groups.map { group in
      """
      <h3>\(html(group.name ?? (report.groups.count > 1 ? "other" : "all")))</h3>
      \(group.results.map(details).joined())
      """
    }
    return "<section><h2>Checks</h2>\n\(parts.joined())</section>\n"
  }

  private func details(_ result: CheckResult) -> String {
    let check = result.definition
    var facts: [String] = []
    if let summary = result.summaryText { facts.append(prose(summary)) }
    if let remedy = result.remedy { facts.append("What to do: \(prose(remedy))") }
    if let fix = check.fix { facts.append("Fix: \(prose(fix))") }
    if let scope = result.scopeText { facts.append("In scope: \(html(scope))") }
    facts += result.notes.map(prose)
    if !check.references.isEmpty {
      facts.append("Supports: \(html(check.references.joined(separator: "; ")))")
    }
    facts.append("At <code>\(html(check.file)):\(check.line)</code>")
    let isOpen = result.outcome == .fail || result.outcome == .error
    return """
      <details id="\(anchor(result))"\(isOpen ? " open" : "")>
      <summary>\(badge(result.outcome)) <code>\(html(check.id))</code> \(html(check.title)) \
      <span class="tag">\(result.severity.rawValue)</span></summary>
      <ul>\(facts.map { "<li>\($0)</li>" }.joined())</ul>
      \(evidence(result))</details>

      """
  }

  private func evidence(_ result: CheckResult) -> String {
    guard !result.findings.isEmpty else { return "" }
    var rows = ""
    for finding in result.findings {
      let state = finding.waiver.map { "waived by \($0)" } ?? "open"
      let movement = report.movement?.word(for: finding.fingerprint).map { ", \($0)" } ?? ""
      let evidence = finding.evidence.map { row in
        let place = row.placeText.map { " <small>\(html($0))</small>" } ?? ""
        return "<li>\(html(row.without(finding).text))\(place)</li>"
      }
      let hidden =
        finding.hiddenEvidence > 0 ? "<li>and \(finding.hiddenEvidence) more rows</li>" : ""
      rows += """
        <tr><th scope="row">\(html(finding.subject))</th><td>\(html(finding.model ?? ""))</td>\
        <td>\(finding.severity.rawValue)</td><td>\(html(state + movement))</td>\
        <td><ul>\(evidence.joined())\(hidden)</ul></td></tr>

        """
    }
    return """
      <div class="scroll"><table><caption>Findings of \(html(result.definition.id))</caption>
      <thead><tr><th scope="col">subject</th><th scope="col">model</th>\
      <th scope="col">severity</th><th scope="col">state</th><th scope="col">evidence</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """
  }

  /// The findings of each model.
  private var models: String {
    var order: [String] = []
    var byModel: [String: [(CheckResult, Finding)]] = [:]
    for result in report.results {
      for finding in result.findings {
        guard let model = finding.model else { continue }
        if byModel[model] == nil { order.append(model) }
        byModel[model, default: []].append((result, finding))
      }
    }
    guard !order.isEmpty else { return "" }
    let parts = order.map { model in
      let found = byModel[model] ?? []
      let items = found.map { result, finding in
        """
        <li><a href="#\(anchor(result))"><code>\(html(result.definition.id))</code> \
        \(html(result.definition.title))</a> <span class="tag">\(finding.severity.rawValue)</span>\
        \(finding.waiver == nil ? "" : " waived")</li>

        """
      }
      return """
        <details><summary>\(html(model)): \
        \(AuditReport.counted(found.count, "finding"))</summary>
        <ul>\(items.joined())</ul></details>

        """
    }
    return "<section><h2>By model</h2>\n\(parts.joined())</section>\n"
  }

  /// The checks that support each control.
  private var controls: String {
    var byControl: [String: [CheckResult]] = [:]
    for result in report.results {
      for reference in result.definition.references {
        byControl[reference, default: []].append(result)
      }
    }
    guard !byControl.isEmpty else { return "" }
    let rows = byControl.sorted { $0.key < $1.key }.map { control, results in
      let checks = results.map { result in
        "\(badge(result.outcome)) <a href=\"#\(anchor(result))\">\(html(result.definition.id))</a>"
      }
      return
        "<tr><th scope=\"row\">\(html(control))</th><td>\(checks.joined(separator: " "))</td></tr>\n"
    }
    return """
      <section><h2>By control</h2>
      <p>A check supports a control; it does not prove compliance with it.</p>
      <div class="scroll"><table><caption>Checks that support each control</caption>
      <thead><tr><th scope="col">control</th><th scope="col">checks</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div></section>

      """
  }

  private var waivers: String {
    guard !report.waivers.isEmpty else { return "" }
    let rows = report.waivers.map { use in
      let waiver = use.waiver
      return """
        <tr><th scope="row">\(html(waiver.id))</th><td>\(html(waiver.check))</td>\
        <td>\(html(waiver.subject))</td><td>\(html(waiver.reason))</td>\
        <td>\(html(waiver.approvedBy))</td>\
        <td>\(html(waiver.expiresText))\(use.isExpired ? " (expired)" : "")</td>\
        <td>\(use.findings)</td></tr>

        """
    }
    return """
      <section><h2>Waivers</h2>
      <p>A waiver covers its last day to the end, in UTC.</p>
      <div class="scroll"><table><caption>Waivers and the findings that they cover</caption>
      <thead><tr><th scope="col">id</th><th scope="col">check</th><th scope="col">subject</th>\
      <th scope="col">reason</th><th scope="col">approved by</th><th scope="col">expires</th>\
      <th scope="col">findings</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div></section>

      """
  }

  private var sources: String {
    let rows = report.sources.map { source in
      let tables = source.tables.map { table in
        html(table.name) + (table.rowCount.map { " (\($0) rows)" } ?? "")
      }
      return """
        <tr><th scope="row">\(html(source.address))</th><td>\(html(source.format))</td>\
        <td>\(tables.joined(separator: ", "))</td>\
        <td><code class="digest">\(html(source.digest ?? "not read again"))</code></td></tr>

        """
    }
    return """
      <section><h2>Sources</h2>
      <div class="scroll"><table><caption>What was read, with digests</caption>
      <thead><tr><th scope="col">address</th><th scope="col">format</th>\
      <th scope="col">tables</th><th scope="col">SHA-256</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>
      <p>Script <code class="digest">\(report.script.digest)</code>, rules \
      <code class="digest">\(report.rulesDigest)</code>, parameters \
      <code class="digest">\(report.parametersDigest)</code>, plumb \(html(report.toolVersion)).</p>
      </section>

      """
  }

  // MARK: Parts

  private func badge(_ outcome: CheckOutcome) -> String {
    "<span class=\"badge \(outcome.rawValue)\">\(outcome.rawValue)</span>"
  }

  /// A sentence, with what stands between backquotes as code.
  private func prose(_ text: String) -> String {
    let parts = html(text).split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return html(text) }
    return parts.enumerated().map { $0 % 2 == 1 ? "<code>\($1)</code>" : String($1) }.joined()
  }

  /// A name within the page, made of the position: ids may hold anything.
  private func anchor(_ result: CheckResult) -> String {
    let index = report.results.firstIndex { $0.definition.id == result.definition.id } ?? 0
    return "check-\(index + 1)"
  }
}

extension Evidence {
  /// The row without the cells that say what the finding says already.
  fileprivate func without(_ finding: Finding) -> Evidence {
    let known = [finding.subject, finding.model].compactMap(\.self)
    let rest = cells.filter { cell in
      !(["subject", "model"].contains(cell.name) && known.contains(Self.text(cell.value)))
    }
    return Evidence(cells: rest.isEmpty ? cells : rest, origin: origin)
  }
}
