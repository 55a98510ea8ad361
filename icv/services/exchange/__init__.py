"""Import files in, import files out: the records of a scheme in the formats of its spreadsheets."""

from icv.services.exchange.exporting import Exported, ExportRefused, export_to
from icv.services.exchange.importing import (
    BOOKS,
    Difference,
    Imported,
    ImportRefused,
    import_file,
    import_sheet,
)

__all__ = [
    "BOOKS",
    "Difference",
    "ExportRefused",
    "Exported",
    "ImportRefused",
    "Imported",
    "export_to",
    "import_file",
    "import_sheet",
]
