"""The figures file: what a scheme publishes of a period and another reads. Nobody is in it, nothing small."""

from icv.rules.figures_file.building import figures_file
from icv.rules.figures_file.checking import FiguresFileError
from icv.rules.figures_file.reading import MOST_BYTES, from_json, read
from icv.rules.figures_file.shape import TABLES, TOTALS, Definition, FiguresFile
from icv.rules.figures_file.writing import as_json, as_text, digest_of

__all__ = [
    "MOST_BYTES",
    "TABLES",
    "TOTALS",
    "Definition",
    "FiguresFile",
    "FiguresFileError",
    "as_json",
    "as_text",
    "digest_of",
    "figures_file",
    "from_json",
    "read",
]
