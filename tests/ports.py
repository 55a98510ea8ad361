"""Ports of this machine for servers that tests start as processes of their own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_port() -> Iterator[int]:
    """Bound and not listened at: nobody else is given it as a free one, and the server may still take it,
    again and again, until the test ends. A port only found free may be somebody else's a moment later.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        yield port
