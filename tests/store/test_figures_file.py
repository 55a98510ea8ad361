"""The figures file made of what is on record: small numbers hidden, totals the very ones of `icv stats`."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.exhibits.shape import Hidden
from icv.rules.figures_file import as_text, read
from icv.rules.visits import ATTEMPTED, Outcome
from icv.store.comparison import content_of, other_figures
from icv.store.figures import figures, figures_file_of, own_beside, published_years
from icv.store.scheme import Setting, choices_on, write_choice
from tests.store.by_hand import Record
from tests.store.drawn import DAYS
from tests.store.people_by_hand import records
from tests.store.test_panel_figures import PERIODS, recorded
from tests.thorough import examples
from tests.workshop import NOW, TODAY, Workshop

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


@pytest.fixture
def year_of_visits(make: Workshop) -> None:
    suite = make.suite("Euston Street")
    for month, category in ((5, "medical"), (6, "medical"), (7, "welfare"), (8, "staffing")):
        visit = make.visit(
            suite,
            make.person(name=f"Vera Secret {month}"),
            week=date(2024, month, 7),
            outcome=Outcome.COMPLETED,
            arrived_at=datetime(2024, month, 8, 11, tzinfo=UTC),
        )
        for _ in range(7 if category == "staffing" else 1):
            make.finding(visit, category=category, detail="Told by Ms Jones", raised_on=date(2024, month, 8))
    make.visit(suite, week=date(2024, 9, 2))


@pytest.mark.usefixtures("year_of_visits")
def test_the_file_says_what_is_on_record_and_hides_what_is_small(session: Session) -> None:
    file = figures_file_of(session, YEAR, as_of=TODAY)
    assert (file.totals["visits.scheduled"], file.totals["visits.completed"]) == (5, 4)
    assert file.totals["visits.by_mode.in_person"] == 4
    by_category = next(table for table in file.tables if table.key == "findings-by-category")
    assert by_category.total is not None
    assert by_category.total.cells == (10,)
    assert {row.name: row.cells[0] for row in by_category.rows} == {
        "Medical": Hidden.FEW,
        "Staffing": 7,
        "Welfare": Hidden.FEW,
    }
    assert read(as_text(file).encode()) == file


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x" * 300, "x" * 199 + "…"),
        ("North\N{ZERO WIDTH SPACE}gate\N{RIGHT-TO-LEFT OVERRIDE}", "Northgate"),
        ("North\tgate", "North gate"),
        ("\N{SOFT HYPHEN}", "–"),
    ],
)
def test_what_readers_of_files_refuse_in_a_name_is_not_written(
    session: Session, make: Workshop, name: str, written: str
) -> None:
    """Names come from files of other programs, and may be anything."""
    make.finding(make.visit(make.suite(name), week=date(2024, 5, 7)), category=name, raised_on=YEAR.last)
    setting = Setting(name="scheme_name", value=json.dumps(name), effective_on=YEAR.first, set_at=NOW)
    make.keep(setting)
    file = read(as_text(figures_file_of(session, YEAR, as_of=TODAY)).encode())
    assert file.scheme == written
    assert [table.rows[0].name for table in file.tables if table.key == "completion-by-suite"] == [written]


@pytest.mark.usefixtures("year_of_visits")
def test_nobody_is_in_the_file(session: Session) -> None:
    words = as_text(figures_file_of(session, YEAR, as_of=TODAY))
    assert not [word for word in ("Vera", "Secret", "Jones", "example.org", "V00", "F00") if word in words]


@pytest.mark.usefixtures("year_of_visits")
def test_its_totals_are_those_of_the_figures(session: Session) -> None:
    counted = figures(session, YEAR, as_of=TODAY, choices=choices_on(session, YEAR.last)).as_json()
    for key, value in figures_file_of(session, YEAR, as_of=TODAY).totals.items():
        found = counted
        for name in key.split("."):
            found = found[name]
        assert found == value


@pytest.mark.usefixtures("year_of_visits")
def test_what_the_scheme_hides_now_it_hides_of_years_gone_by(session: Session, make: Workshop) -> None:
    """And it is called what it is called now."""
    for name, value in (("suppression_threshold", "9"), ("scheme_name", '"South"')):
        make.keep(Setting(name=name, value=value, effective_on=TODAY, set_at=NOW))
    file = figures_file_of(session, YEAR, as_of=TODAY)
    assert (file.threshold, file.scheme) == (9, "South")


@pytest.mark.parametrize(
    "period",
    [
        Period(date(1950, 4, 1), date(1951, 3, 31)),
        Period(TODAY, TODAY),
        Period(date(2024, 9, 1), date(2024, 9, 30)),
    ],
)
@pytest.mark.usefixtures("year_of_visits")
def test_a_period_with_little_or_nothing_in_it_makes_a_file_that_reads_back(
    session: Session, period: Period
) -> None:
    file = figures_file_of(session, period, as_of=TODAY)
    assert read(as_text(file).encode()) == file


@examples(20)
@given(
    records=records(),
    period=PERIODS,
    as_of=DAYS | st.just(TODAY),
    threshold=st.sampled_from([0, 1, 4, 10]),
    counted=st.sets(st.sampled_from(sorted(ATTEMPTED)), min_size=1),
)
def test_every_file_made_of_days_that_have_begun_reads_back_as_it_was_written(
    session: Session,
    records: dict[str, list[Record]],
    period: Period,
    as_of: date,
    threshold: int,
    counted: set[Outcome],
) -> None:
    """Whatever is on record, or is not: another scheme can take in what this one writes."""
    chosen = {"suppression_threshold": threshold, "completed_outcomes": frozenset(counted)}
    settings: list[Record] = [
        {"name": name, "value": write_choice(value), "effective_on": date(2020, 1, 1), "set_at": NOW}
        for name, value in chosen.items()
    ]
    with recorded(session, records | {"settings": settings}):
        file = figures_file_of(session, period, as_of=max(as_of, period.first))
    assert file.threshold == threshold
    assert read(as_text(file).encode()) == file


def test_a_scheme_without_anything_has_no_years_and_nothing_to_put_beside(session: Session) -> None:
    assert published_years(session, today=TODAY) == []
    assert own_beside(session, YEAR, as_of=TODAY) is None
    assert other_figures(session) == []
    assert content_of(session, 1) is None


@pytest.mark.usefixtures("year_of_visits")
def test_ours_are_of_the_same_days_or_of_the_nearest_year(session: Session) -> None:
    assert published_years(session, today=TODAY) == [YEAR]
    for asked, of_ours in (
        (Period(date(2024, 6, 1), date(2024, 7, 31)), Period(date(2024, 6, 1), date(2024, 7, 31))),
        (Period(date(2012, 4, 1), date(2013, 3, 31)), YEAR),
        (Period(date(2190, 4, 1), date(2191, 3, 31)), YEAR),
    ):
        ours = own_beside(session, asked, as_of=TODAY)
        assert ours is not None
        assert ours.period == of_ours
