"""From the start of the process to its end: an expression, and a question about 5,000 runs."""
import statistics

import plumb
import store

QUESTION = "runs | top 1 by metrics.val_accuracy per experiment | select experiment, name, metrics.val_accuracy"


def run(options):
    if not options.program:
        return {}
    path = store.large(options)
    cases = {"plumb -c '1'": ([options.program, "-c", "1"], 50),
             "best run per experiment of 5,000 runs": ([options.program, path, "-c", QUESTION], 10)}
    results = {}
    print("\nFrom start to end of the process, in ms\n\n| | least | median |\n|---|---:|---:|")
    for name, (command, repeats) in cases.items():
        times = [1000 * s for s in plumb.seconds(command, repeats)]
        results[name] = {"least": min(times), "median": statistics.median(times)}
        print(f"| {name} | {min(times):.1f} | {statistics.median(times):.1f} |")
    return results
