"""The pages behind a socket: uvicorn in this role's thread, until it is told to stop."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime

from starlette.types import ASGIApp

from mailflow.errors import ConfigError
from mailflow.service.office import Office
from mailflow.service.pages import OfficePages
from mailflow.web.app import create_app

log = logging.getLogger(__name__)

HEADER_MAX_BYTES = 16 * 1024
CONNECTIONS_MAX = 500
STOP_S = 5
RETRY_S = 60.0
UNIX = "unix:"


def serve(office: Office, now: Callable[[], datetime], stop: threading.Event) -> None:
    """Serve an office's pages at web.listen until `stop` is set; requests in hand are finished first.

    While web.listen is taken that is logged and tried again.
    """
    app = create_app(OfficePages(office, now), office.settings.association.templates)
    while not stop.is_set():
        try:
            listener = open_listener(office.settings.web.listen)
        except ConfigError as error:
            log.error("%s; again in %.0f s", error, RETRY_S)
            stop.wait(RETRY_S)
            continue
        with listener:
            serve_on(listener, app, stop)


def open_listener(listen: str) -> socket.socket:
    """Bind web.listen: HOST:PORT or unix:PATH. Raises ConfigError with what would do."""
    try:
        return _unix_listener(listen.removeprefix(UNIX)) if listen.startswith(UNIX) else _tcp_listener(listen)
    except OSError as error:
        raise ConfigError(
            "web.listen", f"is {listen!r}: {error.strerror or error}", "choose another, or stop who has it"
        ) from None


def _tcp_listener(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, int(port)), family=family, backlog=1024)


def _unix_listener(path: str) -> socket.socket:
    """Bind a socket file, taking the place of one that nobody answers at."""
    listener = socket.socket(socket.AF_UNIX)
    try:
        if os.path.exists(path) and not _answers(path):
            os.unlink(path)
        listener.bind(path)
        listener.listen(1024)
    except BaseException:
        listener.close()
        raise
    return listener


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0


def serve_on(listener: socket.socket, app: ASGIApp, stop: threading.Event) -> None:
    """Serve on a bound socket until `stop` is set, or the server ends by itself."""
    import uvicorn  # heavy, and only this role needs it

    from mailflow.web.patience import Patient

    config = uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,  # addresses of pages are keys (R59)
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS_MAX,
        h11_max_incomplete_event_size=HEADER_MAX_BYTES,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=STOP_S,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="web-server")
    thread.start()
    try:
        while thread.is_alive() and not stop.wait(0.2):
            pass
    finally:
        server.should_exit = True
        thread.join()
