"""The body of what a phone sends, judged for its shape before anything is done with it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from icv.rules.digests import HALF_CHARACTER, digest_of
from icv.web.typed import without_unseen

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SUBMISSION = re.compile(UUID)
PART_NAME = re.compile(rf"[a-z_]{{1,30}}(?:-(?:[1-9][0-9]{{0,3}}|new:{UUID}))?")
MOST_PARTS, MOST_FIELDS, MOST_VALUES, LONGEST_NAME = 1000, 300, 300, 100
HIGHEST_VERSION = 10**6

Fields = dict[str, str | list[str]]


class NotUnderstood(ValueError):
    """The body is not what was agreed. `is_cut`: it did not arrive whole, and may be sent again as it is."""

    def __init__(self, sentence: str, *, is_cut: bool = False) -> None:
        super().__init__(sentence)
        self.is_cut = is_cut


@dataclass(frozen=True, slots=True)
class PostedPart:
    """A part by its name, with the version its writer saw; `fields` None asks for it to be taken out."""

    name: str
    version: int | None
    fields: Fields | None


@dataclass(frozen=True, slots=True)
class PostedParts:
    person: str
    form_version: int
    parts: tuple[PostedPart, ...]


@dataclass(frozen=True, slots=True)
class PostedReport:
    """A whole report. `content` is what its digest vouches for, as it came."""

    submission: str
    digest: str
    person: str
    form_version: int
    is_signed_together: bool
    content: Mapping[str, Any]
    parts: tuple[PostedPart, ...]


def posted_parts() -> PostedParts:
    body = _body()
    parts = body.get("parts")
    if not isinstance(parts, list) or len(parts) > MOST_PARTS:
        raise NotUnderstood("“parts” is to be a list of parts")
    listed = tuple(_listed_part(one) for one in parts)
    if len({one.name for one in listed}) < len(listed):
        raise NotUnderstood("A part is to come once")
    return PostedParts(_text(body, "person"), _number(body, "form_version"), listed)


def posted_report() -> PostedReport:
    body = _body()
    content, versions = body.get("parts"), body.get("versions", {})
    if not isinstance(content, dict) or len(content) > MOST_PARTS:
        raise NotUnderstood("“parts” is to be an object of parts by name")
    if not isinstance(versions, dict):
        raise NotUnderstood("“versions” is to be an object of numbers by part")
    submission, digest = _text(body, "submission"), _text(body, "digest")
    if not SUBMISSION.fullmatch(submission):
        raise NotUnderstood("“submission” is to be a UUID in small letters")
    if digest_of(content) != digest:
        raise NotUnderstood("The digest is not that of the parts that arrived", is_cut=True)
    together = body.get("together", False)
    if not isinstance(together, bool):
        raise NotUnderstood("“together” is to be true or false")
    parts = tuple(
        PostedPart(_part_name(name), _version(versions.get(name)), _fields(fields))
        for name, fields in content.items()
    )
    return PostedReport(
        submission,
        digest,
        _text(body, "person"),
        _number(body, "form_version"),
        together,
        _cleaned(content),
        parts,
    )


def _body() -> dict[str, Any]:
    """The JSON object that was sent. A connection that broke off raises a 400 of its own."""
    if request.mimetype != "application/json":
        raise NotUnderstood("The body is to be JSON")
    try:
        body = json.loads(request.get_data().decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotUnderstood("The body is not whole JSON", is_cut=True) from None
    if not isinstance(body, dict):
        raise NotUnderstood("The body is to be an object")
    return body


def _no_number(name: str) -> None:
    raise ValueError(name)


def _listed_part(one: object) -> PostedPart:
    if not isinstance(one, dict):
        raise NotUnderstood("A part is to be an object")
    if "fields" not in one:
        raise NotUnderstood("A part without “fields”", is_cut=True)
    return PostedPart(_part_name(one.get("name")), _version(one.get("version")), _fields(one["fields"]))


def _part_name(name: object) -> str:
    if not isinstance(name, str) or not PART_NAME.fullmatch(name):
        raise NotUnderstood("A part's name is like “counts”, “contact-2” or “contact-new:” and a UUID")
    return name


def _version(version: object) -> int | None:
    if version is None:
        return None
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version <= HIGHEST_VERSION:
        raise NotUnderstood("A part's version is to be a whole number, 0 where there was none")
    return version


def _fields(fields: object) -> Fields | None:
    if fields is None:
        return None
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise NotUnderstood("A part's fields are to be an object")
    if any(len(name) > LONGEST_NAME for name in fields):
        raise NotUnderstood("A field's name is too long")
    return {_clean(name): _value(value) for name, value in fields.items()}


def _value(value: object) -> str | list[str]:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list) and len(value) <= MOST_VALUES and all(isinstance(one, str) for one in value):
        return [_clean(one) for one in value]
    raise NotUnderstood("A field's value is to be text, or a list of texts")


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise NotUnderstood(f"“{name}” is to be text")
    return value


def _number(body: Mapping[str, Any], name: str) -> int:
    value = _version(body.get(name))
    if value is None:
        raise NotUnderstood(f"“{name}” is to be a number")
    return value


def _cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept: what a database refuses, and nobody can see, left out."""
    return {name: _fields(fields) for name, fields in content.items()}


def _clean(text: str) -> str:
    cleaned: str = without_unseen(HALF_CHARACTER.sub("\ufffd", text))
    return cleaned
