"""Who may see the numbers: this machine itself, and nobody whose request came through the web server before us.

The pages are public by a reverse proxy on this same machine, so a loopback peer alone proves nothing.
"""

from __future__ import annotations

import ipaddress

from starlette.requests import Request

# any of these tells that somebody passed the request on
FORWARDED = (
    *("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-server"),
    *("x-real-ip", "x-original-forwarded-for", "x-client-ip", "cf-connecting-ip", "true-client-ip"),
)


def is_local(request: Request) -> bool:
    """Tell whether a request was made on this machine, to this machine, by nobody in between.

    A proxy that adds no field is known by the Host it hands on, or by speaking HTTP/1.0 to us (nginx without settings).
    """
    return (
        request.client is not None
        and is_loopback(request.client.host)
        and is_loopback(_host(request.headers.get("host", "")))
        and not any(name in request.headers for name in FORWARDED)
        and request.scope.get("http_version") != "1.0"
    )


def is_loopback(host: str) -> bool:
    """Tell whether a name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host(header: str) -> str:
    """Give the host of HOST, HOST:PORT or [IPv6]:PORT."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]
