"""Files that come through the browser: read apart, as nobody knows what is in them."""

import json
import re
import tempfile
from pathlib import Path

from icv.papers.apart import Failed, run_apart
from icv.papers.sheets import Sheet, SheetUnreadable

MOST_SECONDS = 60
_STRANGE = re.compile(r"[^\w. -]")


def uploaded_sheet(file_name: str, content: bytes, name: str) -> Sheet:
    """The rows of a .csv, .xlsx or .ods; of a workbook the sheet called `name`, or else the first.

    Raises Refusal with a sentence that names the file. Nothing of it stays on the disk.
    """
    plain = _STRANGE.sub("_", file_name.replace("\\", "/").rsplit("/", 1)[-1])[-80:].strip(". ") or "file"
    with tempfile.TemporaryDirectory(prefix="icv-upload-") as folder:
        path = Path(folder) / plain
        path.write_bytes(content)
        try:
            read = json.loads(run_apart("icv.papers.sheet_reader", str(path), name, seconds=MOST_SECONDS))
        except Failed as fault:
            raise SheetUnreadable(
                f"{plain} cannot be read: it is broken, or too large when unpacked. Copy the rows to"
                " import into a new file, or save it as CSV UTF-8."
            ) from fault
    rows = [(number, texts) for number, texts in read["rows"]]
    return Sheet(tuple(read["header"]), rows, read["blank_rows"])
