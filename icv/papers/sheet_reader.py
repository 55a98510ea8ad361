"""The reader of uploaded files, a process of its own: `python -m icv.papers.sheet_reader FILE NAME`.

JSON comes out. A file that would take all memory takes that of this process alone, and only so much.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from icv.papers.apart import refuse
from icv.papers.sheet_files import read_sheet
from icv.papers.sheets import SheetUnreadable

MOST_MEMORY = 2**30
MOST_CELLS = 1_000_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        sheet = read_sheet(Path(sys.argv[1]), sys.argv[2])
    except SheetUnreadable as fault:
        refuse(str(fault))
    except MemoryError:
        refuse(f"{Path(sys.argv[1]).name} is too large when unpacked. Import it in parts.")
    else:
        if sum(len(texts) for _, texts in sheet.rows) + len(sheet.header) > MOST_CELLS:
            refuse(f"{Path(sys.argv[1]).name} holds more than {MOST_CELLS:,} cells. Import it in parts.")
        sys.stdout.buffer.write(json.dumps(asdict(sheet)).encode())


if __name__ == "__main__":
    main()
