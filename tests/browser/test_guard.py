"""The identity guard as browsers read it: the same words are pointed out, and the same left alone."""

import json

import pytest
from playwright.sync_api import Browser

from icv.rules.guarding import Hint, clues, expressions
from tests.rules.test_guarding import FOUND, LEFT_ALONE, YEAR

pytestmark = pytest.mark.browser

AS_THE_SCRIPT_READS = """([expressions, texts]) => texts.map((text) => expressions.flatMap(
  ([source, flags]) => [...text.matchAll(new RegExp(source, `${flags}g`))].map((found) => found[0].trim()),
))"""


def test_browsers_point_out_what_the_service_does(chromium: Browser) -> None:
    texts = [*(words for words, _, _ in FOUND), *LEFT_ALONE]
    page = chromium.new_page()
    found = page.evaluate(AS_THE_SCRIPT_READS, [list(expressions(YEAR).values()), texts])
    page.close()
    for words, seen in zip(texts, found, strict=True):
        told = [clue.excerpt for clue in clues(words, YEAR) if clue.hint is not Hint.OUR_OWN]
        assert sorted(seen) == sorted(told), words


def test_what_is_sent_to_browsers_stays_small() -> None:
    assert len(json.dumps(list(expressions(YEAR).values()))) < 8_000
