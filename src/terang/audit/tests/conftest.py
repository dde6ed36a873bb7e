"""Real processes on a database of their own, of the kind the tests run on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-c", "from terang.cli import main; raise SystemExit(main())"]


@pytest.fixture
def journal_database(tmp_path: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, SQLite or PostgreSQL as the tests' own."""
    default = settings.DATABASES["default"]
    if "sqlite" in default["ENGINE"]:
        yield f"sqlite:///{tmp_path / 'journal.sqlite3'}"
        return
    name = f"terang_journal_{os.getpid()}_{abs(hash(tmp_path)) % 10**6}"
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


@pytest.fixture
def start(journal_database: str, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """`start("write", "a", "20")` starts such a process, `start(command=["worker"])` a command of ours."""
    env = {
        **os.environ,
        "DATABASE_URL": journal_database,
        "TERANG_DATA": str(tmp_path),
        "TERANG_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "journal_settings",
        "PYTHONPATH": str(HERE),
    }
    running: list[subprocess.Popen] = []

    def begin(*words: str, command: list[str] | None = None) -> subprocess.Popen:
        line = [*COMMAND, *command] if command else [sys.executable, str(HERE / "journal_process.py"), *words]
        process = subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    migrated = begin(command=["migrate", "--skip-checks", "-v0"])
    assert migrated.wait(60) == 0, migrated.stderr.read()
    yield begin
    for process in running:
        process.kill()
        process.communicate()
