"""The processes that a measurement needs: the child that is measured, and smtp-sink."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.rounds import Measured
from tests.servers.dovecot import free_port

_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
_READY_WITHIN_S = 30


def program(name: str) -> str:
    """Find a program. Raises SystemExit naming the package."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        raise SystemExit(f"{name} is needed: apt-get install postfix (its daemon is not started)")
    return found


def child(module: str, *arguments: object, times: int = 1) -> Measured:
    """Run a child to its end and give what it measured; times: so many of it at once, from the first start on."""
    command = [sys.executable, "-m", f"bench.children.{module}", *map(str, arguments)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(times)]
    told = [json.loads(each.communicate()[0].splitlines()[-1]) for each in running]
    began_at = min(each["began_at"] for each in told)
    seconds = max(each["began_at"] + each["seconds"] for each in told) - began_at
    peaks_mib = {name: max(each["peaks_mib"][name] for each in told) for name in told[0]["peaks_mib"]}
    return Measured(sum(each["count"] for each in told), seconds, peaks_mib)


def smtp_source(port: int, count: int, size: int = 0, *, keeps: bool = True, is_lmtp: bool = False) -> Measured:
    """Send with Postfix's own generator over ten sessions.

    size: octets of a mail, 0 for its own small ones. keeps: its connections, for mail after mail (-d).
    """
    command = [
        program("smtp-source"),
        *(["-d"] if keeps else []),
        "-s",
        "10",
        "-m",
        str(count),
        "-f",
        "connect@lists.example.org",
    ]
    command += ["-t", "connect@lists.example.org"] + (["-l", str(size)] if size else []) + (["-L"] if is_lmtp else [])
    began = time.perf_counter()
    subprocess.run([*command, f"127.0.0.1:{port}"], check=True, stdout=subprocess.DEVNULL)
    return Measured(count, time.perf_counter() - began)


@contextlib.contextmanager
def smtp_sink() -> Iterator[int]:
    """Run Postfix's smtp-sink, which takes all mail and keeps none; gives its port."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen([program("smtp-sink"), *user, f"127.0.0.1:{port}", "1000"])
    try:
        wait_for_port(port)
        yield port
    finally:
        sink.terminate()
        sink.wait()


def wait_for_port(port: int) -> None:
    """Wait until somebody listens. Raises TimeoutError."""
    ends_at = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < ends_at:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
            if re.match(rb"220", probe.recv(100)):
                return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on port {port}")
