"""From SIGINT to the end of the process, in the middle of what takes long."""
import os
import signal
import statistics
import subprocess
import time

import store

ROWS = 3_000_000
# `t` is made first; the rest goes on until it is stopped.
TABLE = "let t = read(\"interrupt.csv\")\nprint(1)\n"
ENDLESS = {
    "sort": "t | sort x, -f", "sort of text": "t | sort s, -x", "join": "t | join t on i | count",
    "join that explodes": "t | derive k = 1 | join (t | derive k = 1) on k", "asof": "t | asof t on x",
    "regular expression": "t | where s ~ \"^(1|2)*(3+)+$\" | count",
    "window": "t | window a = mean(f), r = rank() by x sort i rows -50..0",
    "window, wide frame": "t | window m = median(f) sort x rows -5000..0",
    "summarize, a million keys": "t | summarize n = count(), m = median(f), l = list(f) by x",
    "distinct counts": "t | summarize n = count_distinct(s) by k = x % 100", "distinct": "t | distinct x, s",
    "pivot, 2,000 columns": "t | derive c = x % 2000 | pivot sum(f) by c per s",
    "top per key": "t | top 5 by f per s", "describe": "t | describe", "unpivot": "t | unpivot x, i into k, v",
    "union": "t | union t", "explode": "t | derive l = range(1000) | explode l",
    "texts": "t | derive q = replace_regex(s, \"[0-9]+\", \"x\") + upper(s)",
}
LOOPS = {
    "while": "print(1)\nvar n = 0\nwhile true { n = n + 1 }",
    "list building": "print(1)\nvar l = [1]\nwhile true { if length(l) < 1000000 { l = l + l } else { l = [1] } }",
    "recursion": "def f(n) { if n < 2 { return 1 }; return f(n - 1) + f(n - 2) }\nprint(1)\nf(60)",
}


def run(options):
    if not options.program:
        return {}
    make_table(options.folder)
    database = store.large(options)
    cases = {name: ([TABLE + f"while true {{ let r = {code} }}"], 0.4) for name, code in ENDLESS.items()}
    cases |= {name: ([code], 0.1) for name, code in LOOPS.items()}
    cases["CSV load"] = (["read(\"interrupt.csv\") | count"], 0.4)
    cases["SQLite load"] = (["let m = metrics", database], 0.4)
    cases["CSV output"] = ([TABLE + "t", "-f", "csv", "-o", "interrupt.out"], 0.2)
    cases["table output"] = ([TABLE + "t", "-o", "interrupt.out"], 0.2)
    print("\nFrom SIGINT to the end of the process, in ms, five times at different moments\n\n"
          "| | median | most | stopped by itself |\n|---|---:|---:|---:|")
    results = {}
    for name, (arguments, seconds) in cases.items():
        times = [interrupt(options, ["-c", *arguments], seconds * (0.4 + 0.4 * n)) for n in range(5)]
        times = [one for one in times if one]
        if not times:
            print(f"| {name} | ended before | | |")
            continue
        spent = [1000 * one[0] for one in times]
        results[name] = {"median": statistics.median(spent), "most": max(spent)}
        print(f"| {name} | {statistics.median(spent):.0f} | {max(spent):.0f} | {sum(one[1] for one in times)} of "
              f"{len(times)} |", flush=True)
    return results


def interrupt(options, arguments, delay):
    """Interrupts a program so many seconds after its `print(1)`, or after its start if it has none.

    Gives the seconds, and whether the run stopped by itself and said so; nothing when it ended before the signal.
    """
    process = subprocess.Popen(
        [options.program, *arguments, "--threads", str(options.threads), "--timing"], cwd=options.folder,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        # A shell's background job ignores SIGINT, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    text = ""
    before, ready, _ = arguments[1].partition("print(1)")
    if ready:
        mark = f"timing: line {before.count(chr(10)) + 1}:"
        for line in process.stderr:
            text += line
            if line.startswith(mark):
                break
    time.sleep(delay)
    start = time.perf_counter()
    process.send_signal(signal.SIGINT)
    text += process.stderr.read()
    code = process.wait()
    spent = time.perf_counter() - start
    return (spent, "interrupted" in text) if code == 130 else None


def make_table(folder):
    path = os.path.join(folder, "interrupt.csv")
    if os.path.exists(path):
        return
    with open(path + ".unfinished", "w") as file:
        file.write("i,x,f,s\n")
        for i in range(ROWS):
            x = i * 7919 % 1_000_003
            file.write(f"{i},{x},{x / 7:.4f},{i * 7919 % 100_003}-a\n")
    os.rename(path + ".unfinished", path)
