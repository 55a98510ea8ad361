"""Plain data to JSON and exactly back, by the types the dataclasses declare."""

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class BadProblem(ValueError):
    """What was asked cannot be planned; the text says what is wrong and may be shown."""


def written(thing: object) -> str:
    """One line of JSON. Sets are written in order, so that equal things give equal text."""
    return json.dumps(plain(thing), ensure_ascii=False, separators=(",", ":"))


def plain(thing: object) -> Any:
    """The same thing in lists, objects, numbers and strings only."""
    if is_dataclass(thing):
        return {part.name: plain(getattr(thing, part.name)) for part in fields(thing)}
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, frozenset):
        return [plain(one) for one in sorted(thing)]
    if isinstance(thing, tuple):
        return [plain(one) for one in thing]
    return thing


def read(kind: type[T], text: str) -> T:
    """Raises BadProblem that names the field at fault."""
    try:
        given = json.loads(text, parse_constant=_not_a_number)
    except (ValueError, RecursionError) as wrong:
        raise BadProblem(f"this is not JSON: {wrong}") from wrong
    return cast(T, _made(kind, given, kind.__name__.lower()))


def _not_a_number(word: str) -> None:
    raise BadProblem(f"{word} is not a number")


def _made(kind: Any, given: Any, where: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _record(kind, given, where)
    if origin is UnionType:
        if given is None and type(None) in get_args(kind):
            return None
        return _made(get_args(kind)[0], given, where)
    if origin in (tuple, frozenset):
        return _series(kind, given, where)
    return _single(kind, given, where)


def _record(kind: Any, given: Any, where: str) -> Any:
    if not isinstance(given, dict):
        raise BadProblem(f"{where}: an object is expected")
    hints = _hints(kind)
    unknown = sorted(set(given) - set(hints))
    if unknown:
        raise BadProblem(f"{where}.{unknown[0]}: nothing of this name is known")
    missing = sorted(_required(kind) - set(given))
    if missing:
        raise BadProblem(f"{where}.{missing[0]}: missing")
    return kind(**{name: _made(hints[name], one, f"{where}.{name}") for name, one in given.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(part.name for part in fields(kind) if part.default is MISSING)


def _series(kind: Any, given: Any, where: str) -> Any:
    if not isinstance(given, list):
        raise BadProblem(f"{where}: a list is expected")
    of = get_args(kind)
    if get_origin(kind) is frozenset or of[-1] is Ellipsis:
        of = (of[0],) * len(given)
    if len(of) != len(given):
        raise BadProblem(f"{where}: {len(of)} values are expected, not {len(given)}")
    made = (
        _made(one_kind, one, f"{where}[{at}]")
        for at, (one_kind, one) in enumerate(zip(of, given, strict=True))
    )
    return frozenset(made) if get_origin(kind) is frozenset else tuple(made)


def _single(kind: Any, given: Any, where: str) -> Any:
    if kind is date or issubclass(kind, StrEnum):
        return _from_word(kind, given, where)
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    if not isinstance(given, kind) or (isinstance(given, bool) and kind is not bool):
        raise BadProblem(f"{where}: {kind.__name__} is expected, not {given!r}")
    return given


def _from_word(kind: Any, given: Any, where: str) -> Any:
    try:
        return date.fromisoformat(given) if kind is date else kind(given)
    except (TypeError, ValueError) as wrong:
        raise BadProblem(f"{where}: {given!r} is not a {kind.__name__.lower()}") from wrong
