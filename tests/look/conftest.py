"""The demo of the kit, for a browser to look at."""

from collections.abc import Iterator

import pytest

from tests.look.demo import demo_app
from tests.serving import serving


@pytest.fixture(scope="session")
def demo_url() -> Iterator[str]:
    with serving(demo_app()) as url:
        yield f"{url}/"
