"""A database apart, for acts that meet one another."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from icv.store.engine import open_engine


@pytest.fixture
def apart(upgraded_url: str) -> Iterator[sa.Engine]:
    """A database of its own, as the steps make it, whose transactions really end."""
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()
