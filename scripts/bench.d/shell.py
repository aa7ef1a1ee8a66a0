"""The interactive shell at a pseudo-terminal: start, keys, a paste, completion."""
import fcntl
import os
import pty
import select
import shutil
import sqlite3
import statistics
import struct
import tempfile
import termios
import time

import store

READY = b"\x1b]133;B\x1b\\"
# Ends everything that the shell paints.
PAINTED = b"\x1b[?2026l"
PROMPT_COLUMNS = len("plumb> ")
KEYS = 10_000


def run(options):
    if not options.program:
        return {}
    large = store.large(options)
    many = many_keys(options, large)
    times = {
        "start to prompt, 5,000 runs": [start(options, large) for _ in range(10)],
        "a key": keys(options, large),
        "a paste of 300 lines": [paste(options, large) for _ in range(5)],
        f"completion among {KEYS:,} metric keys": completions(options, many, "runs | where metrics.key_99", b"key_990"),
        f"completion of all {KEYS:,} metric keys": completions(options, many, "runs | where metrics.", b"key_"),
        "completion of a value": completions(options, large, "runs | where status == \"F", b"INISHED"),
    }
    print("\nThe shell, in ms\n\n| | median | most |\n|---|---:|---:|")
    for name, measured in times.items():
        print(f"| {name} | {1000 * statistics.median(measured):.1f} | {1000 * max(measured):.1f} |")
    return {name: {"median": statistics.median(one), "most": max(one)} for name, one in times.items()}


def many_keys(options, large):
    """A store of few runs whose metrics have 10,000 keys, with the tables of the large one."""
    path = os.path.join(options.folder, "many-keys.db")
    if os.path.exists(path):
        return path
    source = sqlite3.connect(large)
    if os.path.exists(path + ".unfinished"):
        os.remove(path + ".unfinished")
    database = sqlite3.connect(path + ".unfinished")
    tables = "select sql from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    for (statement,) in source.execute(tables):
        database.execute(statement)
    for table, condition in (("alembic_version", "1"), ("experiments", "1"), ("runs", "rowid <= 10")):
        rows = source.execute(f"select * from {table} where {condition}").fetchall()
        if rows:
            database.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
    names = [row[1] for row in database.execute("pragma table_info(latest_metrics)")]
    run_ids = [row[0] for row in database.execute("select run_uuid from runs")]
    for number in range(KEYS):
        values = {"key": f"key_{number}", "value": 0.5, "timestamp": 0, "step": 0, "is_nan": 0,
                  "run_uuid": run_ids[number % len(run_ids)]}
        for table in ("latest_metrics", "metrics"):
            row = [values[name] for name in names]
            database.execute(f"insert into {table} ({', '.join(names)}) values ({', '.join('?' * len(row))})", row)
    database.commit()
    database.close()
    os.rename(path + ".unfinished", path)
    return path


class Shell:
    def __init__(self, options, path):
        self.home = tempfile.mkdtemp(prefix="plumb-bench-")
        self.received = b""
        begin = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Before the start: a new size would paint once more.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execve(options.program, [options.program, path],
                      {"HOME": self.home, "TERM": "xterm-256color", "PATH": os.environ["PATH"]})
        self.wait(READY)
        self.start_seconds = time.perf_counter() - begin

    def wait(self, *parts):
        """Reads until all parts have come one after the other since the last wait."""
        while True:
            position = 0
            for part in parts:
                found = self.received.find(part, position)
                if found < 0:
                    break
                position = found + len(part)
            else:
                self.received = b""
                return
            if not select.select([self.terminal], [], [], 30)[0]:
                raise SystemExit(f"bench: the shell does not answer; the last was {self.received[-300:]!r}")
            self.received += os.read(self.terminal, 1 << 16)

    def measure(self, keys, *parts):
        """From the keys to the end of the frame that shows all parts, in seconds."""
        begin = time.perf_counter()
        os.write(self.terminal, keys)
        self.wait(*parts)
        return time.perf_counter() - begin

    def type(self, text):
        """Types a text, each key when the one before is shown; gives the seconds that each takes.

        A frame ends with the cursor behind the key, which no earlier frame has."""
        return [
            self.measure(key.encode(), b"\r\x1b[%dC" % (PROMPT_COLUMNS + count) + PAINTED)
            for count, key in enumerate(text, 1)
        ]

    def settle(self):
        """Waits until nothing is painted any more, such as marks of mistakes."""
        while select.select([self.terminal], [], [], 0.5)[0]:
            os.read(self.terminal, 1 << 16)
        self.received = b""

    def end(self):
        os.write(self.terminal, b"\x03\x03\x04")
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
        shutil.rmtree(self.home)


def start(options, path):
    shell = Shell(options, path)
    shell.end()
    return shell.start_seconds


def keys(options, path):
    shell = Shell(options, path)
    measured = shell.type("runs | where status == \"FINISHED\" and metrics.loss < 0.5 | take 5")
    shell.end()
    return measured


def paste(options, path):
    shell = Shell(options, path)
    lines = "\r".join(f"runs | where metrics.loss < {n} | take {n} # line {n}" for n in range(300))
    # Its last line alone ends with the word.
    seconds = shell.measure(b"\x1b[200~" + lines.encode() + b" the end\x1b[201~", b"the end", PAINTED)
    shell.end()
    return seconds


def completions(options, path, text, shown):
    """From Tab to what it shows; the first in a session, which looks at the pipeline, and not a later one."""
    measured = []
    for _ in range(5):
        shell = Shell(options, path)
        shell.type(text)
        shell.settle()
        measured.append(shell.measure(b"\t", shown, PAINTED))
        shell.end()
    return measured
