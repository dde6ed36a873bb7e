"""`terang serve`: the pages, the live updates and the background worker as three children of one process."""

import argparse
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field

from terang.cli.output import CliError, remark, whole

NAME = "serve"
HELP = "menjalankan Terang: halaman, pembaruan langsung, dan pekerja latar"

LOOPBACK = ("127.0.0.1", "localhost", "::1")
STOP_SECONDS = 4.0
"""Children that have not stopped by then are killed: nothing is lost by it, the next start takes up what they left."""

STEADY_SECONDS = 30.0
"""A child that ran this long starts again at once when it ends; one that ends sooner waits longer each time."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=whole, default=8000, help="porta halaman (bawaan 8000); porta berikutnya dipakai juga"
    )
    parser.add_argument("--host", default="127.0.0.1", help="alamat yang didengarkan (bawaan hanya komputer ini)")
    parser.add_argument("--demo", action="store_true", help="jalankan sebagai demo (hanya pada komputer ini)")
    parser.add_argument("--no-worker", action="store_true", help="tanpa pekerja latar")
    parser.add_argument("--workers", type=whole, default=2, help="jumlah proses halaman (bawaan 2)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.demo:
        os.environ["TERANG_DEMO"] = "1"
    _require_safe()
    return serve(host=args.host, port=args.port, worker=not args.no_worker, web_workers=args.workers)


def serve(*, host: str = "127.0.0.1", port: int = 8000, worker: bool = True, web_workers: int = 2) -> int:
    """Runs until SIGINT or SIGTERM; returns the exit code. Raises CliError where it cannot start. Main thread only."""
    from terang.config import env

    if env.flag("TERANG_DEMO") and host not in LOOPBACK:
        raise CliError("Demo hanya boleh berjalan pada komputer ini.", "Hapus --host, atau jalankan tanpa --demo.")
    if not 1 <= port <= 65_534 or not 1 <= web_workers <= 64:
        raise CliError("Porta harus 1–65534 dan jumlah proses 1–64.")
    for wanted in (port, port + 1):
        _require_free(host, wanted)
    _tell_children_where(host, port)
    children = [
        Child("halaman", web_command(host, port, web_workers), f"http://{_reachable(host)}:{port}/"),
        Child("langsung", _live(host, port + 1), f"http://{_reachable(host)}:{port + 1}/health"),
    ]
    if worker:
        children.append(Child("pekerja", _own("worker")))
    return Supervisor(children, f"http://{_reachable(host)}:{port}").run()


@dataclass
class Child:
    """A program that must run. `health` is an address that answers while it is well; empty where there is none."""

    name: str
    command: list[str]
    health: str = ""
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    start_at: float = 0.0
    quick_ends: int = 0
    checks_missed: int = 0
    printer: threading.Thread = field(default_factory=threading.Thread)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own programs)
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            errors="replace", start_new_session=True, preexec_fn=_die_with_parent,
        )  # fmt: skip
        self.started, self.checks_missed = time.monotonic(), 0
        self.printer = threading.Thread(target=self._print_lines, daemon=True)
        self.printer.start()

    def note_end(self) -> float:
        """The child ended by itself: when it starts again, and in how many seconds that is."""
        ran = time.monotonic() - self.started
        self.quick_ends = 0 if ran > STEADY_SECONDS else self.quick_ends + 1
        pause = min(0.5 * 2**self.quick_ends, 30.0) if self.quick_ends else 0.0
        self.start_at = time.monotonic() + pause
        return pause

    def signal(self, number: int) -> None:
        """To the child and all it started, as they share a process group of their own."""
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def is_well(self) -> bool:
        return not self.health or _answers(self.health)

    def _print_lines(self) -> None:
        assert self.process
        assert self.process.stdout
        for line in self.process.stdout:
            print(f"{self.name:<9}| {line}", end="", flush=True)


class Supervisor:
    """Starts the children, starts those again that end, and stops all together."""

    def __init__(self, children: list[Child], address: str) -> None:
        self.children = children
        self.address = address
        self._stop = threading.Event()

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            for child in self.children:
                child.start()
            if self._await_health():
                print(f"\nTerang siap di {self.address}  (berhenti: Ctrl+C)\n", flush=True)
            check_at = time.monotonic() + 10
            while not self._stop.wait(0.2):
                self._look_after()
                if time.monotonic() > check_at:
                    self._check_health()
                    check_at = time.monotonic() + 10
        finally:
            self._end()
        return 0

    def _await_health(self) -> bool:
        """Whether all answered before somebody stopped us; a child that ends meanwhile is started again."""
        waiting = [child for child in self.children if child.health]
        since = time.monotonic()
        while waiting and not self._stop.wait(0.1):
            self._look_after()
            waiting = [child for child in waiting if not child.is_well()]
            if time.monotonic() - since > 30:
                remark(f"{waiting[0].name if waiting else ''} belum menjawab setelah 30 detik; lihat pesannya di atas.")
                since = time.monotonic()
        return not waiting

    def _look_after(self) -> None:
        for child in self.children:
            if child.process is None:
                if time.monotonic() >= child.start_at:
                    child.start()
            elif child.process.poll() is not None:
                pause = child.note_end()
                remark(
                    f"{child.name} berhenti (kode {child.process.returncode}); dijalankan lagi dalam {pause:.0f} detik."
                )
                child.process = None

    def _check_health(self) -> None:
        """A child that runs but does not answer three times in a row is killed, and so started again."""
        for child in self.children:
            if child.process is None or child.is_well():
                child.checks_missed = 0
                continue
            child.checks_missed += 1
            if child.checks_missed >= 3:
                remark(f"{child.name} tidak menjawab lagi; dihentikan untuk dijalankan ulang.")
                child.signal(signal.SIGKILL)

    def _end(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        running = [child.process for child in self.children if child.process]
        while any(process.poll() is None for process in running) and time.monotonic() < until:
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
        for child in self.children:
            child.printer.join(0.3)
        print("Terang berhenti.", flush=True)


def _require_safe() -> None:
    """Outside demo and debug nothing starts while `terang check --deploy` calls something dangerous. Asked of a process
    of its own, so that this one, which only watches, stays small."""
    from terang.cli.django import settle_environment
    from terang.config import env

    settle_environment()
    if env.flag("TERANG_DEMO") or env.flag("TERANG_DEBUG"):
        return
    asked = subprocess.run(  # noqa: S603 (our own program)
        _own("check", "--deploy", "--errors"), capture_output=True, text=True, check=False
    )
    if asked.returncode:
        print((asked.stdout + asked.stderr).strip(), file=sys.stderr, flush=True)
        raise CliError(
            "Terang tidak dijalankan: pengaturannya berbahaya.", "Perbaiki yang tertulis di atas, lalu ulangi."
        )


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The command that serves the pages; the benchmarks start the same."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    options += ["--blocking-threads", "3", "--workers-kill-timeout", "3", "--no-ws", "--log-level", "warning"]
    options += ["--backpressure", "64", "--respawn-failed-workers", "--respawn-interval", "1"]
    return [sys.executable, "-m", "granian", *options, "terang.config.wsgi:application"]


def _live(host: str, port: int) -> list[str]:
    return [sys.executable, "-m", "terang.reporting.live.server", "--host", host, "--port", str(port)]


def _own(*words: str) -> list[str]:
    return [sys.executable, "-c", "from terang.cli import main; raise SystemExit(main())", *words]


def _tell_children_where(host: str, port: int) -> None:
    """Without a proxy the live process has a port of its own: pages must know it, and it must know the pages."""
    reachable = _reachable(host)
    os.environ.setdefault("TERANG_LIVE_URL", f"http://{reachable}:{port + 1}")
    origins = [item for item in os.environ.get("TERANG_ORIGINS", "").split(",") if item]
    own = f"http://{reachable}:{port}"
    if own not in origins:
        os.environ["TERANG_ORIGINS"] = ",".join([*origins, own])


def _reachable(host: str) -> str:
    """The address by which this machine reaches itself."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CliError(f"Porta {port} tidak boleh dipakai pengguna ini.", "Pilih porta di atas 1024.") from error
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            raise CliError(
                f"Porta {port} di {host} {'sudah dipakai program lain' if in_use else 'tidak dapat dipakai'}.",
                f"Mungkin Terang sudah berjalan. Hentikan dahulu, atau pilih yang lain: --port {port + 100}",
            ) from error


def _answers(address: str) -> bool:
    """Whether a server answers there, with whatever it has to say."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (an address of our own)
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, TimeoutError):
        return False


def _die_with_parent() -> None:
    """Asks Linux to end the child when this process is killed, so that no orphan keeps the port."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
