"""Runs programs in Plumb: the queries in one process, and the parts' single programs."""
import os
import re
import subprocess
import sys
import time

REPEATS = 5
TYPES = {
    "runs": '{run_id: "string", experiment: "string", status: "string", optimizer: "string", lr: "float", '
            'start_time: "timestamp"}',
    "metrics": '{run_id: "string", key: "string", step: "int", timestamp: "timestamp", value: "float"}',
}
TIMING = re.compile(r"^timing: line (\d+): ([0-9.e-]+) s", re.MULTILINE)


def run(options, folder, out, queries):
    """The best seconds of each query, by numbers. Each is bound with `let`, so that it is evaluated but not printed.

    All queries are asked once before any is asked again, as of the peers: a machine's slow seconds hit nobody's five runs.
    """
    os.makedirs(out, exist_ok=True)
    lines = [f'load {table} from "{folder}/{table}.csv", types = {types}' for table, types in TYPES.items()]
    line_of = {}
    for repeat in range(REPEATS):
        for number, query in queries.items():
            lines.append(f"let answer_{number}_{repeat} = {query.plumb}")
            line_of[len(lines)] = query.name
    for number in queries:
        lines.append(f'answer_{number}_0 | save "{out}/{number}.csv"')
    script = os.path.join(out, "bench.plumb")
    with open(script, "w") as file:
        file.write("\n".join(lines) + "\n")
    result = subprocess.run([options.program, "run", script, "--timing", "--threads", str(options.threads)],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"bench: plumb ended with {result.returncode}\n{result.stderr}")
    best = {}
    for line, seconds in TIMING.findall(result.stderr):
        name = line_of.get(int(line))
        if name:
            best[name] = min(best.get(name, float("inf")), float(seconds))
    return best


def seconds(command, repeats):
    """The wall times of the command, from start to end of its process."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return times
