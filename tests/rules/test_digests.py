"""Digests that are kept, printed or passed on stay what they were: nobody can write them anew."""

from typing import Any

import pytest

from icv.rules import figures_file
from icv.rules.digests import digest_of, record_of

REPORT: dict[str, Any] = {
    "remarks": {"positives": "Café “open” – 5 °C", "saw_serious": "no"},
    "arrival": {"rank": None, "waits": [3, 0, 1.5], "is_known": True},
}
PAPER: dict[str, Any] = {
    "format": 1,
    "title": "Independent custody visiting: December 2023 and January 2024",
    "blocks": [{"is": "paragraph", "key": "share", "text": "Nine of nine visits, 100%."}],
    "counts": {"visits": 9},
}
FIGURES_FILE: dict[str, Any] = {
    "format": "icv-figures",
    "version": 1,
    "scheme": "Llŷn",
    "totals": {"entry.median_wait_minutes": 2.5, "visits.missed": None},
}


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (REPORT, "0cfec02b778e4e10781775ec7262cacb8a5d9e0ff630bee9026272dc86c13b51"),
        (PAPER, "99cfcfedd7a8ac8ba084cdcea4b5bce9761a9ef1dec86057b29737ef8e9ad5db"),
        (FIGURES_FILE, "816d218f6f7e994852950725bf52891d2633e798e268e572c4e7c2e227a48e8f"),
        # JSON.stringify writes the half as \ud83d, in small letters.
        ({"a": "\ud83d"}, "a94a9bf6f15826284679ce5038192eb11d07f9316cb07977f6b5f990fff44a4d"),
    ],
    ids=["report", "paper", "figures file", "half a character, as a browser counts it"],
)
def test_what_was_counted_before_is_counted_so_for_good(content: dict[str, Any], digest: str) -> None:
    assert digest_of(content) == digest


def test_a_figures_file_is_counted_without_its_own_digest() -> None:
    assert figures_file.digest_of(FIGURES_FILE | {"digest": "any"}) == digest_of(FIGURES_FILE)


def test_a_record_is_spelled_in_one_way_only() -> None:
    assert record_of({"b": [1, None], "a": "é"}) == b'{"a":"\xc3\xa9","b":[1,null]}'
