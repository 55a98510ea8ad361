"""The figures file: what a scheme publishes of a period and another reads. Nobody is in it, nothing small."""

from icv.rules.figures_file.beside import Beside, beside
from icv.rules.figures_file.building import figures_file
from icv.rules.figures_file.checking import FiguresFileError
from icv.rules.figures_file.reading import MOST_BYTES, from_json, read
from icv.rules.figures_file.sections import exhibits_of
from icv.rules.figures_file.shape import TABLES, TOTALS, Definition, FiguresFile
from icv.rules.figures_file.writing import as_json, as_text, digest_of
from icv.rules.figures_file.years import ended_years, is_ended_year, year_asked, year_key

__all__ = [
    "MOST_BYTES",
    "TABLES",
    "TOTALS",
    "Beside",
    "Definition",
    "FiguresFile",
    "FiguresFileError",
    "as_json",
    "as_text",
    "beside",
    "digest_of",
    "ended_years",
    "exhibits_of",
    "figures_file",
    "from_json",
    "is_ended_year",
    "read",
    "year_asked",
    "year_key",
]
