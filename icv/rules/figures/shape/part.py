"""A part of the figures, under its published names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Part:
    """`KEYS` are the part's published names, in the order `icv stats --json` prints them."""

    KEYS: ClassVar[tuple[str, ...]] = ()

    def as_json(self) -> dict[str, Any]:
        return {key: plain(getattr(self, key)) for key in self.KEYS}


def plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.as_json()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): one for name, one in value.items()}
    return value
