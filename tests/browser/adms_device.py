"""A simulated attendance device that talks the push protocol (ADMS) to a running server, as the real ones do: plain
HTTP, no session, no cookie."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit


@dataclass
class Device:
    """A device with its serial number, at the address of a server."""

    url: str
    serial: str

    def handshake(self) -> tuple[int, str]:
        """Asks how to send, as after switching on."""
        return self._ask("cdata", {"options": "all", "pushver": "2.4.1", "language": "73"})

    def send(self, records: Iterable[tuple[str, datetime]], stamp: str = "9999") -> tuple[int, str]:
        """Sends the attendance log: PIN, local time, state, verification, and the rest as devices fill it."""
        lines = "".join(f"{pin}\t{at:%Y-%m-%d %H:%M:%S}\t0\t1\t0\t0\t0\n" for pin, at in records)
        return self._ask("cdata", {"table": "ATTLOG", "Stamp": stamp}, lines)

    def send_fingerprint(self) -> tuple[int, str]:
        return self._ask("cdata", {"table": "OPERLOG"}, "FP PIN=701\tFID=6\tSize=1\tValid=1\tTMP=xx\n")

    def ask_for_commands(self) -> tuple[int, str]:
        return self._ask("getrequest", {})

    def _ask(self, path: str, asked: dict[str, str], body: str | None = None) -> tuple[int, str]:
        line = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        address = f"/iclock/{path}?{urlencode({'SN': self.serial, **asked})}"
        line.request("GET" if body is None else "POST", address, body, {"User-Agent": "iClock Proxy/1.09"})
        answer = line.getresponse()
        told = answer.status, answer.read().decode()
        line.close()
        return told
