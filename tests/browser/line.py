"""The wire between a browser and the house: it can be cut, and it can lose the answer to what has already arrived."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """Forwards connections to a port of this machine.

    `cut()` breaks all that run and takes no new ones: the browser believes it has a network, but nothing comes through.
    `lose_answer(beginning)`: requests that begin so reach the house, but their answers are dropped (a browser asks once
    more by itself). `refuse(beginning)`: such requests do not come through. All three until `mend()`.
    `seen`: the first line of each request.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: list[str] = []
        self._is_cut = False
        self._losing = self._refusing = b""
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._is_cut = True
        for end in list(self._open):
            _shut(end)

    def mend(self) -> None:
        self._is_cut, self._losing, self._refusing = False, b"", b""

    def refuse(self, beginning: str) -> None:
        self._refusing = beginning.encode()

    def lose_answer(self, beginning: str) -> None:
        self._losing = beginning.encode()

    def arrived(self, beginning: str) -> int:
        return sum(line.startswith(beginning) for line in self.seen)

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                _shut(near)
                continue
            far = socket.create_connection(("127.0.0.1", self.port))
            self._open |= {near, far}
            lost = threading.Event()
            threading.Thread(target=self._forward, args=(near, far, lost), daemon=True).start()
            threading.Thread(target=self._back, args=(near, far, lost), daemon=True).start()

    def _forward(self, near: socket.socket, far: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := near.recv(65_536):
                if self._refusing and data.startswith(self._refusing):
                    break
                first = data.split(b"\r\n", 1)[0]
                if first.endswith(b" HTTP/1.1"):
                    self.seen.append(first.decode())
                if self._losing and data.startswith(self._losing):
                    lost.set()
                far.sendall(data)
        self._end(near, far)

    def _back(self, near: socket.socket, far: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := far.recv(65_536):
                if lost.is_set():
                    break
                near.sendall(data)
        self._end(near, far)

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            _shut(end)
            self._open.discard(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    line = Line(port)
    try:
        yield line
    finally:
        line.close()
