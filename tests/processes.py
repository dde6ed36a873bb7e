"""Real processes of Terang on a database of their own, of the kind the tests run on: for tests of killed workers."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

COMMAND = [sys.executable, "-c", "from terang.cli import main; raise SystemExit(main())"]
Start = Callable[..., subprocess.Popen]


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, SQLite or PostgreSQL as the tests' own."""
    default = settings.DATABASES["default"]
    if "sqlite" in default["ENGINE"]:
        yield f"sqlite:///{folder / 'own.sqlite3'}"
        return
    name = f"terang_own_{os.getpid()}_{abs(hash(folder)) % 10**6}"
    server = {
        "host": default["HOST"],
        "port": default["PORT"] or None,
        "user": default["USER"],
        "password": default["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    login = f"{quote(default['USER'])}:{quote(default['PASSWORD'])}" if default["PASSWORD"] else quote(default["USER"])
    yield f"postgresql://{login}@:{default['PORT']}/{name}?host={quote(default['HOST'], safe='/')}".replace("@:/", "@/")
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def processes(database: str, folder: Path, here: Path, program: str, settings_module: str) -> Iterator[Start]:
    """`start("write", "a")` starts `program` of the folder `here` with these words, `start(command=["worker"])` a
    command of ours, after the tables were made; what still runs at the end is killed."""
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "TERANG_DATA": str(folder),
        "TERANG_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": settings_module,
        "PYTHONPATH": os.pathsep.join([str(here), str(Path(__file__).resolve().parent.parent)]),
    }
    running: list[subprocess.Popen] = []

    def begin(*words: str, command: list[str] | None = None) -> subprocess.Popen:
        line = [*COMMAND, *command] if command else [sys.executable, str(here / program), *words]
        process = subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    try:
        finish(begin(command=["migrate", "--skip-checks", "--run-syncdb", "-v0"]), 120)
        yield begin
    finally:
        for process in running:
            process.kill()
            process.communicate()


def finish(process: subprocess.Popen, seconds: float = 60) -> str:
    """What a process that succeeds says."""
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, err
    return str(out)


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def ask(database: str, question: str) -> list[tuple[Any, ...]]:
    """What stands in such a database, asked in SQL."""
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"), timeout=20)) as connection:
            return connection.execute(question).fetchall()
    with psycopg.connect(database) as connection:
        return connection.execute(sql.SQL(question)).fetchall()  # type: ignore[arg-type]
