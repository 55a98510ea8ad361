"""A slow line: a proxy that compresses as Caddy does, waits, and lets through what the line carries."""

import gzip
import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUND_TRIP_SECONDS = 0.4
BYTES_A_SECOND = 400_000 / 8
PIECE = 1460
"""Of a packet."""
NOT_PASSED_ON = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "content-length", "accept-encoding"}
)


@dataclass
class Line:
    """`carried`: bytes down the line so far, heads of answers included. TLS and names cost a little more."""

    port: int
    is_slow: bool = True
    carried: int = 0
    fetched: dict[str, int] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        if self.is_slow:
            time.sleep(ROUND_TRIP_SECONDS)

    def carry(self, piece: bytes) -> bytes:
        """All connections share what the line carries."""
        with self._turn:
            self.carried += len(piece)
            if self.is_slow:
                time.sleep(len(piece) / BYTES_A_SECOND)
        return piece


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line to the service at that port of this machine."""
    line = Line(0)

    class Through(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            line.wait()  # for the connection

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = _ask(port, self, body)
            line.wait()
            for start in range(0, len(answer), PIECE):
                self.wfile.write(line.carry(answer[start : start + PIECE]))
            line.fetched[self.path] = len(answer)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Through)
    server.daemon_threads = True
    line.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield line
    finally:
        server.shutdown()


def _ask(port: int, asked: BaseHTTPRequestHandler, body: bytes) -> bytes:
    """The service's answer as it goes down the line: head and compressed body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {name: value for name, value in asked.headers.items() if name.lower() not in NOT_PASSED_ON}
    connection.request(asked.command, asked.path, body or None, headers)
    response = connection.getresponse()
    content = response.read()
    kept = [(name, value) for name, value in response.getheaders() if name.lower() not in NOT_PASSED_ON]
    if len(content) > 500 and "gzip" in asked.headers.get("Accept-Encoding", ""):
        content = gzip.compress(content, 6)
        kept.append(("Content-Encoding", "gzip"))
    if response.status != 304:
        kept.append(("Content-Length", str(len(content))))
    lines = [f"HTTP/1.1 {response.status} {response.reason}", *(f"{name}: {value}" for name, value in kept)]
    connection.close()
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content
