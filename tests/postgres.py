"""A PostgreSQL server for the tests, made from the server programs of the system and gone when the tests end.

    python -m tests.postgres -- COMMAND …     runs COMMAND with DATABASE_URL set to a fresh server

`TERANG_TEST_DATABASE_URL` names a server to use instead. The server refuses to run as root, so root starts it as an
unprivileged account. It listens on a socket in a temporary folder only, trusts everybody there, and does not wait for
the disk: for tests and nothing else.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

INSTALL = "PostgreSQL belum ada. Pasang dahulu, misalnya: apt-get install postgresql (tanpa menjalankan servernya)."
OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB"
    " -c listen_addresses=''"
)


class ServerError(Exception):
    """The server cannot be had; the message is one line that says what to do."""


@contextmanager
def server() -> Iterator[str]:
    """The `DATABASE_URL` of a server for as long as the context lasts."""
    if given := os.environ.get("TERANG_TEST_DATABASE_URL"):
        yield given
        return
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="terang-pg-"))
    try:
        account = _unprivileged(folder)
        _start(programs, folder, account)
        try:
            yield f"postgresql://terang@/terang?host={quote(str(folder), safe='/')}"
        finally:
            _run(account, [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with `initdb`: on the PATH, or where Debian keeps the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise ServerError(INSTALL)
    return versions[-1].parent


def _unprivileged(folder: Path) -> pwd.struct_passwd | None:
    """The account that runs the server where this process is root, owning `folder`; None where it is not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        return account
    raise ServerError("PostgreSQL tidak mau berjalan sebagai root. Jalankan uji sebagai pengguna biasa.")


def _start(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    data = folder / "data"
    _run(
        account,
        [programs / "initdb", "-D", data, "-U", "terang", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
    )
    options = f"{OPTIONS} -c unix_socket_directories='{folder}'"
    _run(account, [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "60", "-o", options, "start"])
    _run(account, [programs / "createdb", "-h", folder, "-U", "terang", "terang"])


def _run(account: pwd.struct_passwd | None, command: Sequence[str | Path]) -> None:
    ids = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    done = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **ids,
    )
    if done.returncode:
        raise ServerError(f"PostgreSQL untuk uji tidak dapat dijalankan: {done.stdout.strip().splitlines()[-1:]}")


def main(arguments: Sequence[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except ServerError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
