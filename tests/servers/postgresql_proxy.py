"""A line to PostgreSQL that breaks at the worst moment: when the server has a COMMIT and before it answers."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from pathlib import Path

COMMIT = b"COMMIT"


class CuttingProxy:
    """Listens on a socket in a folder of its own, as a PostgreSQL server would, and passes everything on.

    cut_after_commits: n cuts the n-th COMMIT from now, once: the server gets it and its answer is thrown away.
    """

    def __init__(self, server: Path) -> None:
        self._server = server
        self._folder = tempfile.TemporaryDirectory(prefix="cut-", dir="/tmp")
        self.folder = Path(self._folder.name)
        self.cut_after_commits = 0
        self.cuts = 0
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / ".s.PGSQL.5432"))
        self._listener.listen(50)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> CuttingProxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)
        self._folder.cleanup()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self._server))
        is_cut = threading.Event()
        back = threading.Thread(target=self._answer, args=(server, client, is_cut), daemon=True)
        back.start()
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self._is_time_to_cut(data):
                    is_cut.set()
                server.sendall(data)
        _end(server)
        back.join(10)
        _end(client)

    def _is_time_to_cut(self, data: bytes) -> bool:
        with self._lock:
            if COMMIT not in data or self.cut_after_commits == 0:
                return False
            self.cut_after_commits -= 1
            self.cuts += self.cut_after_commits == 0
            return self.cut_after_commits == 0

    def _answer(self, server: socket.socket, client: socket.socket, is_cut: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if is_cut.is_set():
                    break  # the server has done it; nobody is told
                client.sendall(data)
        _end(client)


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
