"""The large MLflow store that the parts share: 5,000 runs, 20 keys, 100 steps, 10 million metric rows."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "..", "Tests", "Fixtures", "mlflow", "gen_large.py")
RUNS, KEYS, STEPS = 5_000, 20, 100
ROWS = RUNS * KEYS * STEPS


def large(options):
    path = os.path.join(options.folder, "large-10m.db")
    if not os.path.exists(path):
        print("bench: making a store of 10 million metric rows (2.6 GB)", file=sys.stderr, flush=True)
        unfinished = path + ".unfinished"
        if os.path.exists(unfinished):
            os.remove(unfinished)
        subprocess.run([sys.executable, GENERATOR, str(RUNS), str(KEYS), str(STEPS), unfinished], check=True,
                       stdout=sys.stderr)
        os.rename(unfinished, path)
    return path
