"""The typesetter, a process of its own: `python -m icv.papers.typesetter FILE`, JSON in, a PDF out.

What was typed by people arrives as data and is never part of the source. Pages conform to PDF/UA-1.
"""

import re
import sys
from pathlib import Path

import typst

from icv.papers.apart import refuse

_NOT_SHOWN = re.compile(r'text `"(.+?)"` could not be displayed')


def main() -> None:
    source, data = Path(sys.argv[1]).read_bytes(), sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(_typeset(source, data))


def _typeset(source: bytes, data: str) -> bytes:
    """With the typesetter's own fonts; those of the machine only where a letter is in none of them."""
    trouble = ""
    for only_own_fonts in (True, False):
        compiler = typst.Compiler(source, ignore_system_fonts=only_own_fonts, sys_inputs={"data": data})
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as fault:
            trouble = fault.message
        else:
            assert isinstance(made, bytes)  # noqa: S101  one document was asked for
            return made
    if "could not be displayed" not in trouble:
        raise ValueError(trouble)
    letters = _NOT_SHOWN.search(trouble)
    refuse(
        f"The document holds “{letters[1] if letters else '?'}”, a letter that none of the fonts here has."
        " Whoever runs the service can install a font that has it; nothing else needs to change."
    )
    raise AssertionError


if __name__ == "__main__":
    main()
