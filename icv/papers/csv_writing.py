"""Rows written as CSV."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8, lines ended by a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def csv_for_spreadsheets(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The same with the mark at the front without which some of them read – and é as something else."""
    return codecs.BOM_UTF8 + csv_bytes(header, rows)
