"""Copies the rows of an MLflow store in SQLite into a PostgreSQL database with MLflow's schema.

    fill.py STORE.db postgresql://superuser@host:port/database

The schema must be that of `mlflow db upgrade`, of the release that wrote the store.
"""

import sqlite3
import sys

import psycopg2
from psycopg2.extras import execute_values


def main():
    store, database = sys.argv[1:]
    source = sqlite3.connect(store)
    target = psycopg2.connect(database)
    cursor = target.cursor()
    # References between tables are not checked meanwhile.
    cursor.execute("SET session_replication_role = replica")
    tables = [
        name
        for (name,) in source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        if name != "alembic_version"
    ]
    for table in tables:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            (table,),
        )
        types = dict(cursor.fetchall())
        present = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")')]
        names = [name for name in present if name in types]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = source.execute(f'SELECT {columns} FROM "{table}" ORDER BY rowid')
        is_bool = [types[name] == "boolean" for name in names]
        values = [
            [bool(v) if b and v is not None else v for v, b in zip(row, is_bool)]
            for row in rows
        ]
        if values:
            cursor.execute(f'DELETE FROM "{table}"')
            execute_values(cursor, f'INSERT INTO "{table}" ({columns}) VALUES %s', values)
    target.commit()


main()
