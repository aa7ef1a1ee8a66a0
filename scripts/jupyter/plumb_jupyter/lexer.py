"""A Pygments lexer: what nbconvert and documentation color Plumb with."""
from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import (Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String,
                            Text)

STAGES = (
    "asof", "count", "derive", "describe", "distinct", "drift", "drop", "explode", "fill", "join",
    "lookup", "pareto", "pivot", "plot", "rename", "sample", "save", "select", "skip", "sort",
    "summarize", "tail", "take", "top", "union", "unpivot", "where", "window",
)
STATEMENTS = (
    "let", "var", "def", "param", "if", "else", "for", "while", "break", "continue", "return",
    "import", "open", "load", "from", "as", "expect", "check", "explain", "profile",
)
OPERATOR_WORDS = ("and", "or", "not", "in", "between", "then", "case", "fn")
CLAUSES = ("by", "per", "on", "over", "every", "rows", "into", "with", "ties", "against")


class PlumbLexer(RegexLexer):
    """Colors programs of Plumb."""

    name = "Plumb"
    aliases = ["plumb"]
    filenames = ["*.plumb"]
    mimetypes = ["text/x-plumb"]

    tokens = {
        "root": [
            (r"\A#!.*$", Comment.Hashbang),
            (r"##.*$", Comment.Special),
            (r"#.*$", Comment.Single),
            (r"\s+", Text.Whitespace),
            (r'[fr]?"""', String, "text3"),
            (r"[fr]?'''", String, "text3single"),
            (r'r"[^"\n]*"', String.Regex),
            (r'f?"(?:\\.|[^"\\\n])*"', String),
            (r"f?'(?:\\.|[^'\\\n])*'", String),
            (r"`[^`\n]*`", Name),
            (r"@\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?", Literal.Date),
            (r"\d[\d_]*(?:ms|s|m|h|d|w)\b", Literal.Date),
            (r"0x[0-9a-fA-F_]+", Number.Hex),
            (r"\d[\d_]*\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+", Number.Float),
            (r"\d[\d_]*", Number.Integer),
            (r"(\|)(\s*)(%s)\b" % "|".join(STAGES),
             bygroups(Operator, Text.Whitespace, Keyword.Declaration)),
            (words(("true", "false", "null", "nan", "inf"), prefix=r"(?<![.\w$])", suffix=r"\b"),
             Keyword.Constant),
            (words(OPERATOR_WORDS, prefix=r"(?<![.\w$])", suffix=r"\b"), Operator.Word),
            (words(STATEMENTS, prefix=r"(?<![.\w$])", suffix=r"\b(?!\s*[=(.|])"), Keyword),
            (words(CLAUSES, prefix=r"(?<![.\w$])", suffix=r"\b(?=\s+[\w`$-])"), Keyword),
            (r"\$[A-Za-z_]\w*", Name.Variable),
            (r"[A-Za-z_]\w*(?=\s*\()", Name.Function),
            (r"[A-Za-z_]\w*", Name),
            (r"\?\?|\*\*|//|\.\.|==|!=|<=|>=|!~|=>|[|=<>~+\-*/%]", Operator),
            (r"[()\[\]{},;:.?]", Punctuation),
        ],
        "text3": [(r'"""', String, "#pop"), (r'[^"]+|"', String)],
        "text3single": [(r"'''", String, "#pop"), (r"[^']+|'", String)],
    }
