"""Published figures, reproduced key by key from the files that carry them."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.words import summary
from icv.services.exchange import BOOKS, import_file
from icv.store.figures import figures
from icv.store.scheme import choices_on
from tests.workshop import NOW

REPLAY = Path(__file__).parent.parent / "replay"
FOLDERS = sorted(path.parent.name for path in REPLAY.glob("*/expected.json"))


def load(session: Session, folder: Path) -> None:
    for kind in BOOKS:
        if (folder / f"{kind}.csv").exists():
            import_file(session, kind, folder / f"{kind}.csv", by=None, at=NOW)


@pytest.mark.parametrize("folder", FOLDERS)
def test_published_figures_come_out_key_by_key(session: Session, folder: str) -> None:
    expected = json.loads((REPLAY / folder / "expected.json").read_text(encoding="utf-8"))
    load(session, REPLAY / folder)
    first, last, as_of = (date.fromisoformat(expected[name]) for name in ("from", "to", "as_of"))
    found = figures(session, Period(first, last), as_of=as_of, choices=choices_on(session, last))
    assert found.as_json() == expected["figures"]


def test_the_worked_example_reads_as_the_panel_read_it(session: Session) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    period = Period(date(2023, 12, 1), date(2024, 1, 31))
    found = figures(session, period, as_of=NOW.date(), choices=choices_on(session, period.last))
    visits, people = summary(found)
    assert "Seventeen visits were undertaken over December and January. Nothing serious" in visits
    assert people.endswith("If all of them are appointed, the cohort is projected at thirty-one.")


def test_figures_are_printed_in_the_promised_order(session: Session) -> None:
    period = Period(date(2023, 12, 1), date(2024, 1, 31))
    found = figures(session, period, as_of=NOW.date(), choices=choices_on(session, period.last)).as_json()
    assert list(found) == ["period", "visits", "suites", "detainees", "entry", "findings", "volunteers"]
    assert list(found["visits"])[:4] == ["scheduled", "completed", "completion_percent", "attempted"]
    assert json.loads(json.dumps(found)) == found
