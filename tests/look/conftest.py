"""The demo of the kit, for a browser to look at."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from tests.look.demo import demo_app


@pytest.fixture(scope="session")
def demo_url() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, demo_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()
