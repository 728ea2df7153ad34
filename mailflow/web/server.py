"""The pages on the network: uvicorn in the caller's thread, until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import uvicorn

from mailflow.service.office import Office
from mailflow.service.pages import OfficePages
from mailflow.web.app import create_app


def serve(office: Office, now: Callable[[], datetime], stop: threading.Event) -> None:
    """Serve the pages at web.listen until `stop` is set."""
    app = create_app(OfficePages(office, now), office.settings.association.templates)
    listen = office.settings.web.listen
    bound = {"uds": listen.removeprefix("unix:")} if listen.startswith("unix:") else _host_port(listen)
    # no access log: addresses of pages are keys
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off", **bound)
    server = uvicorn.Server(config)
    watcher = threading.Thread(target=_end_when, args=(server, stop), name="web-stop", daemon=True)
    watcher.start()
    server.run()


def _host_port(listen: str) -> dict[str, object]:
    host, _, port = listen.rpartition(":")
    return {"host": host.strip("[]"), "port": int(port)}


def _end_when(server: uvicorn.Server, stop: threading.Event) -> None:
    stop.wait()
    server.should_exit = True
