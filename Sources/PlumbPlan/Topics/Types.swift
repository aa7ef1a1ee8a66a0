import PlumbFunctions

extension LanguageDefinition {
  static let types = LanguageDefinition(
    "types", topic: "values",
    summary: "Every value and every column has a type, which is known before anything runs.",
    details: """
      An int meets a float as a float; nothing else converts by itself. Conversions are \
      functions of the types' names, and `try_int` and its kin give null where those are an \
      error. `type_of(x)` names a type.
      """,
    parts: [
      Part("bool", "`true` `false`"),
      Part("int", "`42` `1_000_000` `0xff`; 64 bits"),
      Part("float", "`0.5` `1e-3` `nan` `inf`; IEEE double"),
      Part("string", #"`"a"` `'a'` `r"\d"` `f"{x}"`"#),
      Part("timestamp", "`@2026-11-23T10:30`; UTC, microseconds"),
      Part("duration", "`15s` `12h` `7d`"),
      Part("list", "`[1, 2, 3]`"),
      Part("record", #"`{name: "a", n: 1}`"#),
      Part("table", "a table's name, a pipeline, `table([{a: 1}])`"),
      Part("null", "absence, in every type"),
    ],
    examples: [
      Example("1 + 0.5", "1.5"),
      Example(#""A" == 1"#, "error: string and int are never compared"),
      Example("type_of([1, 2])", "list<int>"),
    ],
    related: [
      "conversions", "null", "bool", "int", "float", "string", "timestamp", "duration", "list",
      "record", "table",
    ],
    aliases: ["type"])
}
