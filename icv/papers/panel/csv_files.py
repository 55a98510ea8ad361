"""The tables of a paper as CSV, each a file in a zip, and beside them one that says what they are."""

import io
import zipfile

from icv.papers.csv_writing import csv_for_spreadsheets
from icv.papers.panel.flat import A_DAY, about, key_in_letters, tables_of
from icv.rules.exchange.cells import protected
from icv.rules.exhibits.flat import flat_words
from icv.rules.paper import Paper


def csv_files(paper: Paper) -> bytes:
    told = [[protected(what), protected(words)] for what, words in about(paper)]
    files = {"about.csv": csv_for_spreadsheets(("What", "Words"), told)}
    for number, table in enumerate(tables_of(paper), 1):
        head, *rows = flat_words(table)
        files[f"{number:02}-{key_in_letters(table)}.csv"] = csv_for_spreadsheets(head, rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, A_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
