"""Records screens for documents: `screens.py [--check] FILE …`.

A screen is a block of `text` below a comment that says how it comes about:

    <!-- screen 80x24 std:demo
    runs | take 3<Enter>
    -->

The first line has the size and the arguments of the program; the others are typed, without their ends. `<Enter>`,
`<Tab>`, `<Up>`, `<C-r>`, `<M-Enter>` and the like are keys of tmux. The block gets what the screen shows at the end;
with "from `TEXT`" at the end of the first line, from the first line on that begins so."""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SCREEN = re.compile(r"<!-- screen (\d+)x(\d+)([^\n]*)\n(.*?)-->\n```text\n(.*?)```", re.S)
FROM = re.compile(r" from `([^`]*)`$")
KEY = re.compile(r"<([A-Z][A-Za-z0-9-]*)>")
TIME = re.compile(r"\d+(\.\d+)? (ms|s)\b")


class Terminal:
    """A window of tmux with the program in it, and an empty home."""

    def __init__(self, columns, rows, arguments):
        self.home = tempfile.mkdtemp(prefix="plumb-screens-")
        # A server of its own: one that is ending takes no new window.
        self.socket = os.path.basename(self.home)
        environment = {"HOME": self.home, "PATH": "/usr/bin:/bin", "TERM": "screen-256color", "LANG": "C.UTF-8"}
        assignments = [f"{name}={value}" for name, value in environment.items()]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", rows, "-c", self.home,
                  "env", "-i", *assignments, os.environ["PLUMB_PROGRAM"], *arguments)
        self.settle()

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", self.socket, *arguments], check=True, stdout=subprocess.PIPE).stdout.decode()

    def text(self, *options):
        return self.tmux("capture-pane", "-p", *options).rstrip("\n")

    def settle(self):
        """Waits until the screen shows something and has been the same for a while."""
        last, same = None, 0
        for _ in range(600):
            text = self.text()
            same = same + 1 if text == last and text else 0
            last = text
            if same == 6:
                return
            time.sleep(0.1)
        raise SystemExit(f"screens: the screen does not come to rest:\n{last}")

    def type(self, text):
        position = 0
        for key in KEY.finditer(text):
            self.literally(text[position:key.start()])
            self.tmux("send-keys", key[1])
            self.settle()
            position = key.end()
        self.literally(text[position:])
        self.settle()

    def literally(self, text):
        if text:
            # tmux takes a semicolon at the end for its own.
            self.tmux("send-keys", "-l", text[:-1] + "\\;" if text.endswith(";") else text)

    def end(self):
        self.tmux("kill-server")
        shutil.rmtree(self.home)


def record(match):
    columns, rows, arguments, keys, old = match.groups()
    start = FROM.search(arguments)
    terminal = Terminal(columns, rows, FROM.sub("", arguments).split())
    try:
        terminal.type("".join(keys.splitlines()))
        # What has left the screen at the top belongs to what is asked for.
        lines = [line.rstrip() for line in terminal.text(*(["-S", "-"] if start else [])).split("\n")]
    finally:
        terminal.end()
    if start:
        lines = lines[min(i for i, line in enumerate(lines) if line.startswith(start[1])):]
    new = "\n".join(lines) + "\n"
    if TIME.sub("TIME", new) == TIME.sub("TIME", old):
        return match[0]
    return match[0][:match.start(5) - match.start()] + new + "```"


def main(arguments):
    checks = arguments[:1] == ["--check"]
    changed = False
    for path in arguments[1:] if checks else arguments:
        with open(path) as file:
            old = file.read()
        new = SCREEN.sub(record, old)
        if new == old:
            continue
        changed = True
        if checks:
            sys.stderr.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), path, "as it is now"))
        else:
            with open(path, "w") as file:
                file.write(new)
            print(f"screens: wrote {path}", file=sys.stderr)
    return 1 if checks and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
