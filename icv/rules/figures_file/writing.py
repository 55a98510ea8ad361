"""A figures file as JSON, and its digest, by which a changed file is told from the one that was made."""

import json
from typing import Any

from icv.rules import digests
from icv.rules.exhibits.shape import table_as_json
from icv.rules.figures_file.shape import FORMAT, VERSION, FiguresFile


def as_json(file: FiguresFile) -> dict[str, Any]:
    """The digest included."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "scheme": file.scheme,
        "period": {"from": file.period.first.isoformat(), "to": file.period.last.isoformat()},
        "made_on": file.made_on.isoformat(),
        "threshold": file.threshold,
        "totals": dict(file.totals),
        "tables": [table_as_json(table) for table in file.tables],
        "definitions": {key: {"name": one.name, "words": one.words} for key, one in file.definitions.items()},
    }
    return content | {"digest": digest_of(content)}


def as_text(file: FiguresFile) -> str:
    return json.dumps(as_json(file), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def digest_of(content: dict[str, Any]) -> str:
    """Of all but its own digest."""
    return digests.digest_of({key: value for key, value in content.items() if key != "digest"})
