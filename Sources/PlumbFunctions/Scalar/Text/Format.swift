import PlumbColumns

extension ScalarFunction {
  static let format = ScalarFunction(
    "format", topic: "text",
    summary: #"A value written in a given form, as in `f"{x:form}"`."#,
    details: """
      Numbers: `.3f` (decimal places), `,` (thousands), `.1%`, `e`, `.4g` (significant \
      digits), `+`, `08.2f`, and for ints `x`, `b`, `o`. Any value: `>10`, `<10`, `^10` \
      with a fill before the sign, `*^10`. Times: `%Y-%m-%d %H:%M` in UTC (see \
      `format_time`). Durations with a number's form are seconds.
      """,
    overloads: [
      Overload([Parameter("x", .any), Parameter("form", .string)], result: .always(.string)) {
        (call) throws(FunctionError) in
        let column = call.arguments[0]
        let form = call.text(1)
        // The form is mostly the same for all rows.
        var known: ValueFormat?
        return try call.mapTexts { (row) throws(FunctionError) in
          let spec = form[row]
          if let known, known.spec == spec { return try known.text(of: column.value(at: row)) }
          let format = try ValueFormat(spec, for: column.type)
          known = format
          return try format.text(of: column.value(at: row))
        }
      }
    ],
    examples: [
      Example(#"format(0.98765, ".3f")"#, "0.988"),
      Example(#"format(1234567, ",")"#, "1,234,567"),
      Example(#"format(0.256, ".1%")"#, "25.6%"),
      Example(#"format(42, "05d")"#, "00042"),
      Example(#"format("auc", ">6")"#, "   auc"),
      Example(#"format(@2026-11-23T10:30, "%d.%m.%Y")"#, "23.11.2026"),
      Example(#"format("", "*^3")"#, "***"),
      Example(#"format(nan, ".2f")"#, "NaN"),
      Example(#"format(null, ".2f")"#, "null"),
      Example(#"format(1.5, "wide")"#, "error: `wide` is not a format"),
    ])
}
