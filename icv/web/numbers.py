"""Numbers in addresses: those that something on record can have."""

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class KeptNumber(IntegerConverter):
    """A number that the database can keep: with a larger one it is the address of nothing."""

    def __init__(self, addresses: Map, *, min: int = 0, max: int = LARGEST) -> None:  # noqa: A002
        super().__init__(addresses, min=min, max=max)
