"""Papers to make documents of: any that could be, and one like those a panel reads."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.exhibits import Cell, Column, Drawing, Hidden, Kind, Picture, Row, Share, Table
from icv.rules.paper import Extract, Heading, Paper, Paragraph, Pictured, Restated, Tabled

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NUMBERS = st.integers(0, 10_000)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    WORDS,
    NUMBERS,
    st.floats(0, 1e6),
    st.builds(Share, NUMBERS, NUMBERS),
    st.just(Hidden.FEW),
    st.none(),
)
COLUMNS = st.builds(Column, WORDS, st.sampled_from(Kind))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = tuple(draw(st.lists(COLUMNS, max_size=4)))
    rows = st.builds(Row, WORDS, st.tuples(*[CELLS for _ in columns]) if columns else st.just(()))
    return Table(
        draw(WORDS),
        draw(WORDS),
        draw(WORDS),
        columns,
        tuple(draw(st.lists(rows, max_size=4))),
        draw(st.none() | rows),
        tuple(draw(st.lists(WORDS, max_size=2))),
        draw(WORDS),
    )


@st.composite
def tabled(draw: st.DrawFn) -> Tabled:
    table = draw(tables())
    rows = st.lists(st.sampled_from(range(len(table.rows))), unique=True) if table.rows else st.just([])
    headings = tuple(column.heading for column in table.columns)
    extract = st.builds(Extract, rows.map(tuple), WORDS, st.just(headings))
    return Tabled(draw(WORDS), table, draw(st.none() | extract))


DRAWINGS = st.builds(
    Drawing,
    st.sampled_from(Picture),
    WORDS,
    WORDS,
    st.lists(st.tuples(WORDS, NUMBERS, st.none() | st.floats(0, 100)), max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
    st.none() | NUMBERS,
)
BLOCKS = st.one_of(
    st.builds(Heading, WORDS, WORDS),
    st.builds(Paragraph, WORDS, WORDS, st.booleans()),
    tabled(),
    st.builds(Pictured, WORDS, DRAWINGS, WORDS),
)
PAPERS = st.builds(
    Paper,
    kind=WORDS,
    title=WORDS,
    scheme=WORDS,
    office=WORDS,
    period=st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days))),
    as_of=DAYS,
    dated_on=DAYS,
    author=WORDS,
    marking=WORDS,
    purpose=WORDS,
    asked=WORDS,
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    definitions=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    counts=st.dictionaries(WORDS, NUMBERS, max_size=2),
    restated=st.none() | st.builds(Restated, WORDS, DAYS, WORDS, WORDS),
    reference=WORDS,
)

SUITES = ("Beaumont Leys", "Euston Street", "Keyham Lane")
BANDS = ("06–10", "10–14", "14–18", "18–22", "22–06")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def completion(suites: tuple[str, ...] = SUITES) -> Table:
    return Table(
        "completion-by-suite",
        "Scheduled visits completed, by suite",
        "Suite",
        (Column("Completed", Kind.SHARE), Column("Before", Kind.SHARE), Column("Change", Kind.WORDS)),
        tuple(Row(suite, (Share(6, 6), Share(5, 6), "+16.7 points")) for suite in suites),
        Row("All suites", (Share(6 * len(suites), 6 * len(suites)), Share(15, 18), "+16.7 points")),
        ("visits.scheduled", "visits.completed"),
    )


def findings() -> Table:
    return Table(
        "findings-by-category",
        "Findings by category",
        "Category",
        (Column("Raised"), Column("Put right at once", Kind.SHARE), Column("Median days")),
        (
            Row("Welfare", (1204, Share(1185, 1204), 2.5)),
            Row("=1+1", (Hidden.FEW, None, None)),
            Row("Conditions", (0, Share(0, 0), None)),
        ),
        Row("All", (1206, Share(1186, 1206), 2.5)),
        ("findings.raised",),
        "Categories as the visitors chose them.",
    )


def coverage() -> Table:
    return Table(
        "coverage",
        "Visits by day and time",
        "Day",
        tuple(Column(band) for band in BANDS),
        tuple(Row(day, (n % 3, 1, 0, 2, n % 2)) for n, day in enumerate(WEEK)),
    )


PAPER = Paper(
    kind="Committee paper",
    title="Independent custody visiting: December 2023 and January 2024",
    scheme="Leicestershire custody visiting scheme",
    office="Office of the Police and Crime Commissioner",
    period=Period(date(2023, 12, 1), date(2024, 1, 31)),
    as_of=date(2024, 2, 3),
    dated_on=date(2024, 2, 12),
    author="Asha Patel, scheme manager",
    marking="OFFICIAL",
    purpose="To tell the panel how custody suites were visited over December and January.",
    asked="The panel is asked to note this report.",
    blocks=(
        Heading("section.summary", "Summary"),
        Paragraph("summary.happened", "Eighteen visits were undertaken.", is_summary=True),
        Paragraph("summary.coming", "Twenty-seven applications were received.", is_summary=True),
        Heading("section.visits", "Visits completed"),
        Pictured(
            "completion.picture",
            Drawing(
                Picture.COMPLETION,
                "Visits completed of those scheduled, by suite",
                "completion-by-suite",
                tuple((suite, 6, 6) for suite in SUITES),
                aim=100,
            ),
            "Each suite had six of six visits completed.",
        ),
        Tabled("completion.table", completion()),
        Paragraph("spread.words", "Nine of 35 timeslots were visited."),
        Tabled("spread.table", coverage()),
        Heading("section.findings", "Findings and replies"),
        Tabled("findings.table", findings()),
    ),
    definitions=(
        ("visits.scheduled", "Visits on a published rota whose week has ended."),
        ("visits.completed", "Scheduled visits with the outcome completed."),
        ("findings.raised", "Findings raised in the period."),
        ("volunteers.in_vetting", "People in vetting at the period’s end."),
    ),
    counts={"visits": 18, "findings": 1206},
    reference="ICV-2024-01",
)
ANNUAL = replace(
    PAPER,
    kind="Annual report",
    blocks=PAPER.blocks
    + tuple(
        block
        for number, title in enumerate(("Foreword", "The scheme", "How to join"))
        for block in (
            Heading(f"h{number}", title),
            Paragraph(f"p{number}", f"Of {title} there is much to say."),
        )
    ),
)

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 9
"""A name of more than 300 letters without a space."""
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("https://example.org","x")',
    '#read("/etc/passwd") *b* $y$ `z` <label> // no',
    "\u202eشرطة\u202c של",
    "Melton 😀 \U0001fae8",
    "Nul \0 and \x08 bell\ufffe",
    "]]> &amp; ' \" {{ 7 * 7 }} {% raw %}",
    LONG,
)
STRANGE = replace(
    PAPER,
    title="Papers & <b>tables</b> of " + "a very long title, " * 20,
    author="O’Brien \0 <i>",
    marking="OFFICIAL & {{ more }}",
    blocks=(
        Heading("h", HOSTILE[0]),
        *(Paragraph(f"p{number}", words) for number, words in enumerate(HOSTILE)),
        Heading("h2", "Forty suites, one of a long name"),
        Pictured(
            "picture",
            Drawing(
                Picture.COMPLETION,
                "Visits by suite",
                "completion-by-suite",
                tuple((name, 1, 2) for name in (*HOSTILE, *(f"Suite {number}" for number in range(32)))),
            ),
            "Each suite had one of two.",
        ),
        Tabled("t", completion((*HOSTILE, *(f"Suite {number}" for number in range(32))))),
        Tabled(
            "wide",
            Table(
                "wide",
                "Raised by category and suite",
                "Category",
                tuple(Column(f"Suite {number} {HOSTILE[number % 8][:20]}") for number in range(40)),
                tuple(Row(f"Category {number}", tuple(range(number, number + 40))) for number in range(15)),
            ),
        ),
        Tabled("empty", Table("empty", "Nothing happened", "Suite", (Column("Visits"),), ())),
        Tabled("bare", Table("", "", "", (), (Row("", ()),))),
    ),
    restated=Restated("ICV-2023-09", date(2023, 10, 1), "a" * 64, "A visit was counted twice."),
)
EMPTY = Paper("", "", "", "", PAPER.period, PAPER.as_of, PAPER.dated_on, "", "", "", "", (), ())
