"""Bytes per row of metric history that Plumb holds, and its peak while loading."""
import os
import re
import signal
import subprocess
import sys

import store

LOAD = "let history = metrics\n"
# Keeps the process, and what it holds, while it is looked at.
WAIT = "var n = 0\nwhile true { n = n + 1 }\n"


def run(options):
    if not options.program:
        return {}
    path = store.large(options)
    # The program alone with the same store open, so that only the history is counted.
    empty, _ = resident(options, path, "let history = 1\n" + WAIT)
    held, peak = resident(options, path, LOAD + WAIT)
    result = {"bytes_per_row": (held - empty) / store.ROWS, "peak_bytes_per_row": (peak - empty) / store.ROWS}
    print(f"\nMemory for {store.ROWS:,} metric rows: {result['bytes_per_row']:.1f} bytes a row held, "
          f"{result['peak_bytes_per_row']:.1f} at the peak ({held / 1e6:.0f} and {peak / 1e6:.0f} MB in all)")
    return result


def resident(options, path, program):
    """Bytes of anonymous memory after the first statement, and the peak of resident memory until then."""
    script = os.path.join(options.folder, "memory.plumb")
    with open(script, "w") as file:
        file.write(program)
    process = subprocess.Popen(
        [options.program, "run", script, path, "--timing", "--threads", str(options.threads)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    lines = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith("timing: line 1:"):
            with open(f"/proc/{process.pid}/status") as file:
                status = dict(re.findall(r"^(RssAnon|VmHWM):\s+(\d+) kB", file.read(), re.MULTILINE))
            process.send_signal(signal.SIGINT)
            process.wait()
            return int(status["RssAnon"]) * 1024, int(status["VmHWM"]) * 1024
    sys.exit(f"bench: plumb ended with {process.wait()}\n{''.join(lines)}")
