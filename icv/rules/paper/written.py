"""The document as JSON and back: what is frozen is this, and must read for ever.

A change of the shape is another format number, and a reader of its own beside the present one. What is only
added is written where there is some: papers of before read, and are written, to the letter as they were.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from icv.rules.days import Period
from icv.rules.exhibits import Column, Drawing, Kind, Picture, Row, Table, cell_from_json, table_as_json
from icv.rules.paper.document import Block, Extract, Heading, Paper, Paragraph, Pictured, Restated, Tabled
from icv.rules.refusals import Refusal

FORMAT = 1


class PaperUnreadable(Refusal):
    """What was written down is no paper, or one in a format of a later version."""


def paper_as_json(paper: Paper) -> dict[str, Any]:
    """Keys always in this order. Days are ISO 8601."""
    return {
        "format": FORMAT,
        "kind": paper.kind,
        "title": paper.title,
        "scheme": paper.scheme,
        "office": paper.office,
        "period": {"from": paper.period.first.isoformat(), "to": paper.period.last.isoformat()},
        "as_of": paper.as_of.isoformat(),
        "dated_on": paper.dated_on.isoformat(),
        "author": paper.author,
        "marking": paper.marking,
        "reference": paper.reference,
        "restated": _restated_as_json(paper.restated),
        "purpose": paper.purpose,
        "asked": paper.asked,
        "blocks": [_block_as_json(block) for block in paper.blocks],
        "definitions": [{"figure": figure, "counts": counts} for figure, counts in paper.definitions],
        "counts": dict(paper.counts),
    }


def paper_from_json(written: Mapping[str, Any]) -> Paper:
    """The same paper again. Raises PaperUnreadable."""
    if written.get("format") != FORMAT:
        raise PaperUnreadable(
            f"This paper is written in format {written.get('format', '(none)')}; this version reads"
            f" format {FORMAT}. A later version of the program can show it."
        )
    try:
        return _paper(written)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise PaperUnreadable(f"This is not a panel paper as one is kept: {fault}.") from fault


def _paper(written: Mapping[str, Any]) -> Paper:
    return Paper(
        kind=written["kind"],
        title=written["title"],
        scheme=written["scheme"],
        office=written["office"],
        period=Period(_day(written["period"]["from"]), _day(written["period"]["to"])),
        as_of=_day(written["as_of"]),
        dated_on=_day(written["dated_on"]),
        author=written["author"],
        marking=written["marking"],
        purpose=written["purpose"],
        asked=written["asked"],
        blocks=tuple(_block(block) for block in written["blocks"]),
        definitions=tuple((said["figure"], said["counts"]) for said in written["definitions"]),
        counts=dict(written["counts"]),
        restated=_restated(written["restated"]),
        reference=written["reference"],
    )


def _restated_as_json(restated: Restated | None) -> dict[str, str] | None:
    if restated is None:
        return None
    return asdict(restated) | {"frozen_on": restated.frozen_on.isoformat()}


def _restated(written: Mapping[str, str] | None) -> Restated | None:
    if written is None:
        return None
    return Restated(written["reference"], _day(written["frozen_on"]), written["digest"], written["why"])


def _block_as_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(key, text):
            return {"is": "heading", "key": key, "text": text}
        case Paragraph(key, text, is_summary):
            return {"is": "paragraph", "key": key, "text": text, "is_summary": is_summary}
        case Tabled(key, table, extract):
            told = {"is": "table", "key": key, "table": table_as_json(table)}
            return told | ({"extract": _extract_as_json(extract)} if extract else {})
        case Pictured(key, drawing, said):
            return {"is": "picture", "key": key, "said": said, "drawing": _drawing_as_json(drawing)}


def _block(written: Mapping[str, Any]) -> Block:
    match written["is"]:
        case "heading":
            return Heading(written["key"], written["text"])
        case "paragraph":
            return Paragraph(written["key"], written["text"], written["is_summary"])
        case "table":
            table = _table(written["table"])
            return Tabled(written["key"], table, _extract(written.get("extract"), table))
        case "picture":
            return Pictured(written["key"], _drawing(written["drawing"]), written["said"])
    raise ValueError(f"it holds a block of an unknown kind, {written['is']!r}")


def _extract_as_json(extract: Extract) -> dict[str, Any]:
    return {"rows": list(extract.rows), "words": extract.words, "headings": list(extract.headings)}


def _extract(written: Mapping[str, Any] | None, table: Table) -> Extract | None:
    if written is None:
        return None
    rows, headings = tuple(written["rows"]), tuple(written["headings"])
    if not set(rows) <= set(range(len(table.rows))) or len(headings) != len(table.columns):
        raise ValueError(f"the extract of table {table.key!r} is not of that table")
    return Extract(rows, written["words"], headings)


def _table(written: Mapping[str, Any]) -> Table:
    return Table(
        key=written["key"],
        caption=written["caption"],
        corner=written["corner"],
        columns=tuple(Column(column["heading"], Kind(column["kind"])) for column in written["columns"]),
        rows=tuple(_row(row) for row in written["rows"]),
        total=_row(written["total"]) if written["total"] else None,
        said=tuple(written["said"]),
        note=written["note"],
    )


def _row(written: Mapping[str, Any]) -> Row:
    return Row(written["name"], tuple(cell_from_json(cell) for cell in written["cells"]))


def _drawing_as_json(drawing: Drawing) -> dict[str, Any]:
    return {
        "picture": drawing.picture.value,
        "title": drawing.title,
        "table": drawing.table,
        "points": [list(point) for point in drawing.points],
        "labels": list(drawing.labels),
        "aim": drawing.aim,
    }


def _drawing(written: Mapping[str, Any]) -> Drawing:
    return Drawing(
        picture=Picture(written["picture"]),
        title=written["title"],
        table=written["table"],
        points=tuple(tuple(point) for point in written["points"]),
        labels=tuple(written["labels"]),
        aim=written["aim"],
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)
