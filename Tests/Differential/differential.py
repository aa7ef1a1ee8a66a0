"""Compares Plumb with a reference on random programs; see scripts/differential."""

import argparse
import random
import sys
import tempfile

import runner
from generator import Generator
from values import Failure

PIPELINES = 12


class Program:
    """Statements that make tables and functions, and pipelines that must give known tables."""

    def __init__(self, seed, folder):
        self.generator = generator = Generator(seed)
        rows = generator.pick([None] * 12 + [300, 1000])
        tables = {"a": generator.table(rows), "b": generator.table()}
        if generator.once(3):
            tables["c"] = generator.table()
        self.statements = [
            runner.write_table(generator, folder, n, t) for n, t in tables.items()]
        generator.tables = tables
        self.pipelines = []
        while len(self.pipelines) < PIPELINES:
            known = len(generator.definitions)
            try:
                stages = generator.random.randint(1, 6)
                text, table = generator.pipeline(tables, stages)
            except (Failure, ArithmeticError):
                # What is beyond floats is left to the tests of the functions.
                del generator.definitions[known:]
                continue
            self.statements += generator.definitions[known:]
            self.pipelines.append(self.wrapped(text, table, tables))

    def wrapped(self, text, table, tables):
        """The pipeline, now and then behind a variable or a function of a table."""
        generator = self.generator
        head, _, rest = text.partition("|")
        if generator.once(8):
            name = generator.name()
            self.statements.append(f"let {name} = {text}")
            if len(table.rows) <= 60 and not any(t.startswith("list") for _, t in table.columns):
                tables[name] = table
            return name, table
        if generator.once(8) and rest:
            name = "g" + generator.name()
            self.statements.append(f"def {name}(t0) = t0 | {rest.strip()}")
            return f"{head.strip()} | {name}()", table
        return text, table

    def source(self, pipelines):
        return "\n".join(self.statements + [text for text, _ in pipelines]) + "\n"


def check(plumb, seed, complain):
    """Runs a seed's pipelines in one program, and those of a program that breaks one by one."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(seed, folder)
        threads = ("--threads", str(1 + seed % 2))
        result = runner.run(plumb, program.source(program.pipelines), threads)
        outputs = result.stdout.decode().splitlines()
        if result.returncode == 0 and len(outputs) == len(program.pipelines):
            for (text, table), output in zip(program.pipelines, outputs):
                found = runner.difference(table, output)
                if found:
                    complain(seed, text, found)
            return
        if result.returncode == 0:
            return complain(seed, "", f"{len(outputs)} results, expected {len(program.pipelines)}")
        result = runner.run(plumb, program.source([]), threads)
        if result.returncode:
            return complain(seed, "\n".join(program.statements), runner.failure(result))
        for text, table in program.pipelines:
            result = runner.run(plumb, program.source([(text, table)]), threads)
            found = runner.failure(result) if result.returncode else runner.difference(
                table, result.stdout.decode())
            if found:
                complain(seed, text, found)


def main():
    parser = argparse.ArgumentParser(prog="scripts/differential")
    parser.add_argument("--program", required=True, help="the `plumb` to try")
    parser.add_argument("--seed", type=int, help="the first seed; by default a random one")
    parser.add_argument(
        "--cases", type=int, default=200, help=f"so many seeds, {PIPELINES} pipelines each")
    parser.add_argument("--failures", type=int, default=10, help="stop after so many")
    options = parser.parse_args()
    first = random.randrange(10**9) if options.seed is None else options.seed
    print(f"differential: seeds {first} to {first + options.cases - 1}", flush=True)
    failures = []

    def complain(seed, text, found):
        failures.append(seed)
        print(f"\n== seed {seed}\n{text}\n-- {found.strip()}", flush=True)

    for seed in range(first, first + options.cases):
        check(options.program, seed, complain)
        if len(failures) >= options.failures:
            break
    print(f"differential: {len(failures)} disagreements")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
