"""Audits with their reports, for the tests beside this file."""
import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORTFOLIO = ROOT / "stdlib" / "examples" / "portfolio"
KINDS = {"json": "json", "junit": "xml", "sarif": "sarif", "markdown": "md", "html": "html", "github": "txt", "tap": "tap"}
HOSTILE = "]]><script>alert(1)</script> ![x](http://e.example/)|`$HOME` @team \x1b[31m\n::error::x \"'\u202e\ufffe#"

# Every outcome, and names that try to leave their place.
OUTCOMES = """
check "pass" "All is well" (group = "first", refs = ["A 1"]) { data | where false }
check "fail <b>" "Everyone has an owner & more" (severity = "high", group = "first", scope = data, fix = "Name one.") { data | where owner == null }
check "waived" "Few are old" (group = "second") { data | where name == "old" }
check "unknown" "There are monitors" (refs = ["A 1", "B [2]"]) { monitors }
check "error" "It breaks" (severity = "low") { data | where int(name) > 1 }
report("A table <i>", data)
"""
WAIVERS = "id,check,subject,reason,requested_by,approved_by,approved_at,expires\n" \
          "W-1,waived,old,<u>soon gone</u>,ana,raj,2026-11-01,2026-12-31\n"


class Audit:
    """One run: its exit code, and its reports by kind."""

    def __init__(self, program, folder, name, arguments, expected):
        self.name = name
        self.files = {kind: folder / f"{name}.{ending}" for kind, ending in KINDS.items()}
        command = [program, "run", *arguments]
        for kind, file in self.files.items():
            command += ["--report", f"{kind}={file}"]
        ended = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert ended.returncode == expected, f"{name}: {ended.returncode}\n{ended.stderr}"
        self.exit_code = ended.returncode
        self.report = json.loads(self.text("json"))

    def text(self, kind):
        return self.files[kind].read_text()


def run(program, folder):
    """Runs them all."""
    healthy = ["std:audit", *sources("healthy"), "--history", "h", "--as-of"]
    faulty = ["std:audit", *sources("faulty"), "--history", "h", "--as-of"]
    for number, (arguments, expected) in enumerate(((faulty, 1), (healthy, 0), (faulty, 1), (healthy, 0)), start=1):
        Audit(program, folder, f"earlier-{number}", [*arguments, f"2026-06-30T0{number}:00"], expected)
    (folder / "data.json").write_text(json.dumps(
        [{"name": HOSTILE, "owner": None}, {"name": "old", "owner": "ana"}, {"name": "fine", "owner": "ben"}]))
    (folder / "waivers.csv").write_text(WAIVERS)
    (folder / "outcomes.plumb").write_text(OUTCOMES)
    (folder / "none.plumb").write_text('check "one" { true }\n')
    return [
        Audit(program, folder, "faulty", [*faulty, "2026-06-30T12:00"], 1),
        Audit(program, folder, "healthy", ["std:audit", *sources("healthy"), "--as-of", "2026-06-30T12:00"], 0),
        Audit(program, folder, "store", ["std:audit", "std:demo", "--as-of", "2026-11-23"], 1),
        Audit(program, folder, "hostile", ["outcomes.plumb", "data.json", "waivers.csv", "--as-of", "2026-11-23"], 1),
        Audit(program, folder, "small", ["none.plumb"], 0),
    ]


def sources(name):
    return sorted(str(path) for path in (PORTFOLIO / name).glob("*.csv"))
