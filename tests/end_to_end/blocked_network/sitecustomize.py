"""Loaded by every Python process of a test's project: notes what it starts and dials, blocks the network."""

import json
import os
import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "")  # noqa: S104 - compared, not bound to
DIALLING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    address = arguments[0] if event in DIALLING[1:3] else arguments[1]
    if isinstance(address, tuple):
        return str(address[0])
    # A path is a socket of this machine.
    return "" if event in ("socket.connect", "socket.sendto") or address is None else str(address)


def _note(event: str, detail: str) -> None:
    line = json.dumps({"event": event, "detail": detail}) + "\n"
    descriptor = os.open(os.environ["NOTE_EVENTS_IN"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, line.encode())
    os.close(descriptor)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen":
        _note(event, " ".join(map(os.fsdecode, arguments[1])))
    elif (
        event in DIALLING and not _host(event, arguments).startswith(LOOPBACK[:4]) and _host(event, arguments)
    ):
        _note(event, _host(event, arguments))
        raise OSError(f"this test has no network: {event} to {_host(event, arguments)}")


if "NOTE_EVENTS_IN" in os.environ:
    sys.addaudithook(_watch)
