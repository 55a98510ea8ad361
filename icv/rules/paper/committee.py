"""The committee paper: short, what a panel asks at every meeting."""

from collections.abc import Mapping
from datetime import date

from icv.rules.exhibits import Exhibit
from icv.rules.figures import Figures
from icv.rules.paper.document import Block, Paragraph
from icv.rules.paper.sections import Section, Shown, blocks_of
from icv.rules.words import summary

SUMMARY_KEYS = ("summary.happened", "summary.coming")


def committee(now: Figures, exhibits: Mapping[str, Exhibit], as_of: date | None = None) -> tuple[Block, ...]:
    return blocks_of((summed_up(now, as_of), *_SECTIONS), exhibits)


def summed_up(now: Figures, as_of: date | None = None) -> Section:
    paragraphs = zip(SUMMARY_KEYS, summary(now, as_of), strict=True)
    return Section(
        "summary",
        "Summary",
        ahead=tuple(Paragraph(key, words, is_summary=True) for key, words in paragraphs),
    )


_SECTIONS = (
    Section("visits", "Visits completed", (Shown("completion"),)),
    Section("compared", "Compared with before", (Shown("compared", tables=2),)),
    Section("spread", "Days and times of visits", (Shown("spread", tables=1),)),
    Section("findings", "Findings and replies", (Shown("findings", tables=1), Shown("replies", tables=1))),
    Section(
        "volunteers",
        "Recruitment and membership",
        (Shown("recruitment", tables=1), Shown("visitors", tables=1)),
    ),
)
