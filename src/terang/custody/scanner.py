"""Asks a virus scanner about a file, by clamd's INSTREAM command over a socket. `TERANG_VIRUS_SCANNER` names it:
`clamd:///run/clamav/clamd.ctl` or `clamd://127.0.0.1:3310`; empty: none is asked."""

import io
import socket
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

USUAL_PORT = 3310
TIMEOUT_SECONDS = 20
BLOCK_BYTES = 64 * 1024
MOST_ANSWERED = 4 * 1024


class InfectedError(Exception):
    """The scanner knows a virus in the file; `virus` is its name for it."""

    def __init__(self, virus: str) -> None:
        super().__init__(virus)
        self.virus = virus


class ScannerDownError(Exception):
    """The scanner cannot be reached, or gave no answer that could be understood."""


def is_named() -> bool:
    return bool(settings.TERANG_VIRUS_SCANNER)


def require_clean(file: BinaryIO) -> None:
    """Reads the whole file. Raises InfectedError, and ScannerDownError where nobody can say."""
    file.seek(0)
    try:
        with _connection(settings.TERANG_VIRUS_SCANNER) as line:
            answer = _asked(line, file)
    except OSError as error:
        raise ScannerDownError(str(error)) from error
    if answer.endswith(" FOUND"):
        raise InfectedError(answer.removesuffix(" FOUND").partition(": ")[2])
    if answer != "stream: OK":
        raise ScannerDownError(answer or "no answer")


def require_answer() -> None:
    """Shows it an empty file. Raises ScannerDownError where it does not say that this is clean."""
    require_clean(io.BytesIO())


def _connection(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme != "clamd" or not (parts.hostname or parts.path.startswith("/")):
        raise ImproperlyConfigured("TERANG_VIRUS_SCANNER: clamd:///run/clamav/clamd.ctl atau clamd://127.0.0.1:3310")
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or USUAL_PORT), TIMEOUT_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(TIMEOUT_SECONDS)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line


def _asked(line: socket.socket, file: BinaryIO) -> str:
    """Blocks with their length before them, an empty one last. A scanner that has seen enough answers early and hangs
    up: then its answer counts, not the broken line."""
    try:
        line.sendall(b"zINSTREAM\0")
        while block := file.read(BLOCK_BYTES):
            line.sendall(len(block).to_bytes(4, "big") + block)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWERED:
        part = line.recv(1024)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
