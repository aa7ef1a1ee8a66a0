"""Compares what Plumb reads from an MLflow server and from PostgreSQL with what it reads from SQLite.

    remote.py --program PATH

Starts both servers on the loopback interface in a temporary folder, with the rows of the bundled store.
"""

import argparse
import base64
import contextlib
import gzip
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

FIXTURE = pathlib.Path(__file__).parent.parent / "Fixtures/mlflow/mlflow-ml.db.gz"
FILL = pathlib.Path(__file__).parent / "fill.py"

# Every table and the columns that tell its rows apart.
TABLES = {
    "experiments": "experiment_id",
    "runs": "run_id",
    "metrics": "run_id, key, timestamp, step, value",
    "params": "run_id, key",
    "tags": "run_id, key",
    "datasets": "run_id, name, digest, context",
    "models": "name",
    "logged_models": "model_id",
    "versions": "model, version",
    "prompts": "name",
    "prompt_versions": "model, version",
}

# What a query pushes down: some keys, some runs, both, and a summary of few runs.
QUESTIONS = {
    "a key": 'metrics | where key == "val/loss" | sort run_id, step, timestamp, value',
    "keys": 'metrics | where key in ["accuracy", "val/loss"] | sort run_id, key, step, timestamp, value',
    "a run": "metrics | where run_id in (runs | sort start_time, run_id | take 3 | select run_id) "
    "| sort run_id, key, step, timestamp, value",
    "a key of a run": "metrics | where run_id in (runs | sort run_id | take 9 | select run_id) "
    'and key == "accuracy" | sort run_id, step, timestamp, value',
    "a summary": "runs | sort run_id | take 5 | select run_id, metrics_min.*, metrics_first.*",
    "one latest": "runs | sort run_id | select run_id, metrics.accuracy",
}

# What a server tells of what it has marked deleted: not the versions, logged models and prompts.
DELETED = ["experiments", "runs", "metrics", "params", "tags", "datasets", "models"]

PASSWORD = "s3cret/pw@1"
URL_PASSWORD = "s3cret%2Fpw%401"
# MLflow asks for twelve characters.
LOGIN_PASSWORD = "s3cret/pw@1:long"


class Failure(Exception):
    pass


class Plumb:
    def __init__(self, program):
        self.program = program
        self.checks = 0

    def run(self, source, code, *options, environment=None, code_expected=0):
        # Nothing of the environment of who runs the test, such as a password.
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "MLFLOW"))}
        result = subprocess.run(
            [self.program, source, "-c", code, *options],
            capture_output=True,
            text=True,
            timeout=300,
            env=clean | (environment or {}),
        )
        if result.returncode != code_expected:
            raise Failure(f"{code}: status {result.returncode}\n{result.stderr}")
        return result

    def rows(self, source, code, *options, environment=None):
        result = self.run(source, code, "--format", "jsonl", *options, environment=environment)
        return [normalized(json.loads(line)) for line in result.stdout.splitlines()]

    def check(self, condition, what):
        self.checks += 1
        if not condition:
            raise Failure(what)


def normalized(row):
    # A store tells the aliases of a version in an order of its own.
    return {k: sorted(v) if isinstance(v, list) else v for k, v in row.items()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def mlflow_server(folder, store, *options, scheme="http", variables=None):
    """A server of a store; gives its address."""
    port = free_port()
    environment = os.environ | {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    environment |= variables or {}
    unchecked = ssl._create_unverified_context() if scheme == "https" else None
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen(
            ["mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
            + ["--workers", "1" if options else "2"]
            + ["--backend-store-uri", f"sqlite:///{store}"]
            + ["--default-artifact-root", str(folder / "artifacts"), *options],
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    try:
        address = f"{scheme}://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(address + "/health", timeout=2, context=unchecked).read()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise Failure((folder / "server.log").read_text()) from None
                time.sleep(0.2)
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


@contextlib.contextmanager
def postgres(folder, store):
    """A database with the rows of the store; gives its place and the port."""
    binaries = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    data = folder / "postgres"
    data.mkdir()
    # The server refuses to run as root.
    as_user = []
    if os.geteuid() == 0:
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(data, "postgres")
        folder.chmod(0o711)
    port = free_port()

    def run(*command):
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=data)

    run(binaries / "initdb", "-D", data / "db", "-U", "postgres", "-A", "trust", "--no-sync")
    (data / "db/pg_hba.conf").write_text(
        "local all postgres trust\nhost all reader 127.0.0.1/32 scram-sha-256\n"
    )
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={data}"
    settings += " -c fsync=off -c max_wal_senders=0 -c wal_level=minimal"
    run(binaries / "pg_ctl", "-D", data / "db", "-w", "-l", data / "log", "-o", settings, "start")
    try:
        place = f"host={data} port={port} user=postgres"
        run("psql", "-q", place + " dbname=postgres", "-c", "CREATE DATABASE mlflow")
        upgrade = f"postgresql+psycopg2://postgres@/mlflow?host={data}&port={port}"
        subprocess.run(["mlflow", "db", "upgrade", upgrade], check=True, capture_output=True)
        subprocess.run([sys.executable, FILL, store, place + " dbname=mlflow"], check=True)
        run(
            "psql",
            "-q",
            place + " dbname=mlflow",
            "-c",
            f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
            "-c",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
        )
        yield place, port
    finally:
        run(binaries / "pg_ctl", "-D", data / "db", "-m", "immediate", "stop")


def compare(plumb, name, expected, source, options=(), environment=None, tables=TABLES):
    """Every table of a source with what SQLite gives."""
    for table, keys in tables.items():
        found = plumb.rows(source, f"{table} | sort {keys}", *options, environment=environment)
        same(plumb, f"{name}: {table}", expected(f"{table} | sort {keys}"), found)
        schema = f"{table} | describe | select column, type"
        found = plumb.rows(source, schema, *options, environment=environment)
        same(plumb, f"{name}: types of {table}", expected(schema), found)
    for question, code in QUESTIONS.items():
        found = plumb.rows(source, code, *options, environment=environment)
        same(plumb, f"{name}: {question}", expected(code), found)


def same(plumb, what, expected, found):
    plumb.check(len(expected) == len(found), f"{what}: {len(found)} rows of {len(expected)}")
    for number, (one, other) in enumerate(zip(expected, found)):
        plumb.check(one == other, f"{what}, row {number}:\n  {one}\n  {other}")


def check_postgres(plumb, folder, expected, place, port):
    url = f"postgresql://reader@127.0.0.1:{port}/mlflow"
    password = {"PGPASSWORD": PASSWORD}
    compare(plumb, "PostgreSQL", expected, url, environment=password)
    # As SQLAlchemy writes it, with the password in it, which then shows nowhere.
    secret = f"postgresql+psycopg2://reader:{URL_PASSWORD}@127.0.0.1:{port}/mlflow"
    count = plumb.rows(secret, "runs | count")
    plumb.check(count == expected("runs | count"), "a password in the address")
    for code in [
        "expect false",
        f'open "{secret}"\nsources | select address, format',
        f'load x from "{secret}"',
        f'open "{secret}" as b\nexplain b.metrics | where key == "accuracy"',
        "nothing",
    ]:
        result = subprocess.run(
            [plumb.program, secret, "-c", code], capture_output=True, text=True, timeout=300
        )
        text = result.stdout + result.stderr
        plumb.check(PASSWORD not in text and URL_PASSWORD not in text, f"{code}: {text}")
    explained = plumb.run(
        url, 'explain metrics | where key == "accuracy"', environment=password
    ).stdout
    plumb.check('key == "accuracy"' in explained, explained)

    # Passwords from where libpq looks.
    passfile = folder / "pgpass"
    passfile.write_text(f"127.0.0.1:*:mlflow:reader:{PASSWORD.replace(':', chr(92) + ':')}\n")
    passfile.chmod(0o600)
    found = plumb.rows(url, "runs | count", environment={"PGPASSFILE": str(passfile)})
    plumb.check(found == expected("runs | count"), "a password file")
    service = folder / "services"
    service.write_text(
        f"[mlflow]\nhost=127.0.0.1\nport={port}\nuser=reader\ndbname=mlflow\npassword={PASSWORD}\n"
    )
    found = plumb.rows(
        "postgresql://?service=mlflow",
        "runs | count",
        environment={"PGSERVICEFILE": str(service)},
    )
    plumb.check(found == expected("runs | count"), "a service file")

    # What goes wrong.
    for environment, address, message in [
        ({}, url, "wants a password"),
        ({"PGPASSWORD": "wr0ng"}, url, "password authentication failed"),
        (password, url.replace("/mlflow", "/nothing"), "does not exist"),
        (password, url.replace("/mlflow", "/postgres"), "no MLflow store"),
    ]:
        result = plumb.run(address, "runs", environment=environment, code_expected=3)
        plumb.check(message in result.stderr, f"{message}: {result.stderr}")
        plumb.check("wr0ng" not in result.stderr, result.stderr)

    check_snapshot(plumb, expected, url, place, password)


def check_snapshot(plumb, expected, url, place, password):
    """What is read later is of the moment of the opening; an interruption reaches the server."""
    import psycopg2

    locking, database = (psycopg2.connect(f"{place} dbname=mlflow") for _ in range(2))
    database.autocommit = True
    cursor = database.cursor()

    def waiters():
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE application_name = 'plumb' AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]

    def wait_until(reached, what):
        deadline = time.monotonic() + 60
        while not reached(waiters()):
            if time.monotonic() > deadline:
                raise Failure(f"{what}: {waiters()} queries wait for a lock")
            time.sleep(0.02)

    @contextlib.contextmanager
    def held_up():
        """A program that has opened the database and waits for a table that is locked."""
        locking.cursor().execute("LOCK TABLE logged_models IN ACCESS EXCLUSIVE MODE")
        process = subprocess.Popen(
            [plumb.program, url, "-c", "logged_models | count\nmetrics | count", "-f", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | password,
        )
        try:
            # Several connections may read, and so wait.
            wait_until(lambda count: count >= 1, "held up")
            yield process
        finally:
            locking.rollback()
            process.kill()
            process.wait()

    with held_up() as process:
        cursor.execute(
            "INSERT INTO metrics (key, value, timestamp, step, run_uuid, is_nan) "
            "SELECT 'accuracy', 1, 1, 99999, run_uuid, false FROM runs"
        )
        locking.rollback()
        output, errors = process.communicate(timeout=120)
        counts = [row for line in output.splitlines() for row in json.loads(line)]
        same(
            plumb,
            "a snapshot",
            expected("logged_models | count") + expected("metrics | count"),
            counts,
        )
    cursor.execute("DELETE FROM metrics WHERE step = 99999 AND timestamp = 1")

    with held_up() as process:
        # What a server does to transactions that are idle for too long.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'plumb' AND state = 'idle in transaction'"
        )
        locking.rollback()
        _, errors = process.communicate(timeout=120)
        plumb.check(process.returncode == 3, f"a lost snapshot: status {process.returncode}")
        plumb.check("no longer has the snapshot" in errors, f"a lost snapshot: {errors}")

    with held_up() as process:
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        seconds = time.monotonic() - start
        plumb.check(process.returncode == 130, f"interrupted: status {process.returncode}: {errors}")
        plumb.check(seconds < 1, f"interrupted after {seconds:.2f} s")
        wait_until(lambda count: count == 0, "after an interrupt")


def certificates(folder):
    """An authority of one's own and a server's certificate that it signed."""

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    for name in ["authority", "other"]:
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                "-keyout", f"{name}.key", "-out", f"{name}.pem")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=mlflow",
            "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem")


def check_https(plumb, folder, expected, store):
    """A server that speaks HTTPS with a certificate of an authority that the system does not know, and asks for a user
    and a password."""
    certificates(folder)
    config = folder / "auth.ini"
    config.write_text(
        f"[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///{folder}/auth.db\n"
        f"admin_username = ada\nadmin_password = {LOGIN_PASSWORD}\n"
    )
    options = ["--app-name", "basic-auth"]
    options += ["--uvicorn-opts", f"--ssl-keyfile {folder}/server.key --ssl-certfile {folder}/server.pem"]
    variables = {"MLFLOW_AUTH_CONFIG_PATH": str(config), "MLFLOW_FLASK_SERVER_SECRET_KEY": "test"}
    trusted = {"MLFLOW_TRACKING_SERVER_CERT_PATH": str(folder / "authority.pem")}
    login = {"MLFLOW_TRACKING_USERNAME": "ada", "MLFLOW_TRACKING_PASSWORD": LOGIN_PASSWORD}
    with mlflow_server(folder, store, *options, scheme="https", variables=variables) as address:
        compare(plumb, "HTTPS", expected, address, environment=trusted | login)
        found = plumb.rows(
            address, "runs | count", environment=login | {"MLFLOW_TRACKING_INSECURE_TLS": "true"}
        )
        same(plumb, "HTTPS unchecked", expected("runs | count"), found)
        other = {"MLFLOW_TRACKING_SERVER_CERT_PATH": str(folder / "other.pem")}
        for environment, message in [
            (login, "is not trusted"),
            (login | other, "is not trusted"),
            (trusted, "wants to know who asks"),
            (trusted | login | {"MLFLOW_TRACKING_PASSWORD": "wr0ng"}, "does not accept the user"),
        ]:
            result = plumb.run(address, "runs", environment=environment, code_expected=3)
            plumb.check(message in result.stderr, f"{message}: {result.stderr}")
            plumb.check(LOGIN_PASSWORD not in result.stderr and "wr0ng" not in result.stderr, result.stderr)
        plain = plumb.run("http" + address[5:], "runs", environment=login, code_expected=3)
        plumb.check("http" in plain.stderr, plain.stderr)
    with mlflow_server(folder, store) as address:
        result = plumb.run("https" + address[4:], "runs", code_expected=3)
        plumb.check("secure connection" in result.stderr, result.stderr)


# What a server with an authorization of its own asks of each request.
TOKEN_CHECK = """
from flask import make_response, request
from werkzeug.datastructures import Authorization


def authenticate_request():
    given = request.headers.get("Authorization", "")
    if given == "Bearer {token}":
        return Authorization("basic", {{"username": "ada", "password": "unused"}})
    return make_response("who are you?", 401)
"""


def check_token(plumb, folder, expected, store):
    """A server that asks for a bearer token."""
    token = base64.urlsafe_b64encode(os.urandom(24)).decode()
    (folder / "token_check.py").write_text(TOKEN_CHECK.format(token=token))
    config = folder / "token.ini"
    config.write_text(
        f"[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///{folder}/token.db\n"
        f"admin_username = ada\nadmin_password = {LOGIN_PASSWORD}\n"
        "authorization_function = token_check:authenticate_request\n"
    )
    variables = {
        "MLFLOW_AUTH_CONFIG_PATH": str(config),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": "test",
        "PYTHONPATH": str(folder),
    }
    with mlflow_server(folder, store, "--app-name", "basic-auth", variables=variables) as address:
        environment = {"MLFLOW_TRACKING_TOKEN": token}
        for code in ["runs | sort run_id", "metrics | count", "versions | sort model, version"]:
            found = plumb.rows(address, code, environment=environment)
            same(plumb, f"a token: {code}", expected(code), found)
        for environment, message in [
            ({}, "wants to know who asks"),
            ({"MLFLOW_TRACKING_TOKEN": "wr0ng"}, "does not accept"),
        ]:
            result = plumb.run(address, "runs", environment=environment, code_expected=3)
            plumb.check(message in result.stderr, f"{message}: {result.stderr}")
            plumb.check("wr0ng" not in result.stderr, result.stderr)


def compare_deleted(plumb, name, store, source, tables, environment=None):
    """What a store has marked deleted, with `deleted = true`."""
    for table in tables:
        code = f'open "{{}}" as s, deleted = true\ns.{table} | sort {TABLES[table]}'
        found = plumb.rows(source, code.format(source), environment=environment)
        same(plumb, f"{name}: deleted {table}", plumb.rows(store, code.format(store)), found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    plumb = Plumb(parser.parse_args().program)
    # A script that runs in the background ignores SIGINT, and programs that it starts do so too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="plumb-remote-") as name:
        folder = pathlib.Path(name)
        store = folder / "store.db"
        store.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
        served = folder / "served.db"
        served.write_bytes(store.read_bytes())
        known = {}

        def expected(code):
            if code not in known:
                known[code] = plumb.rows(str(store), code)
            return known[code]

        with postgres(folder, store) as (place, port):
            check_postgres(plumb, folder, expected, place, port)
            url = f"postgresql://reader@127.0.0.1:{port}/mlflow"
            compare_deleted(plumb, "PostgreSQL", str(store), url, TABLES, {"PGPASSWORD": PASSWORD})
        with mlflow_server(folder, served) as address:
            compare(plumb, "server", expected, address)
            compare_deleted(plumb, "server", str(store), address, DELETED)
        check_https(plumb, folder, expected, served)
        check_token(plumb, folder, expected, served)
    print(f"remote: {plumb.checks} checks passed")


if __name__ == "__main__":
    main()
