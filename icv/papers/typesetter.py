"""The typesetter, a process of its own: `python -m icv.papers.typesetter FILE [--replacing]`.

JSON in, a PDF out. What was typed by people arrives as data and is never part of the source. Pages conform
to PDF/UA-1. A letter that no font has is refused; with `--replacing`, a mark stands for it.
"""

import json
import re
import sys
from pathlib import Path

import typst

from icv.papers.apart import refuse

NO_LETTER = "\N{REPLACEMENT CHARACTER}"
_NOT_SHOWN = re.compile(r'text `"(.+?)"` could not be displayed')
_MOST_REPLACED = 25


class NoLetters(Exception):
    """Some that no font here has."""


def main() -> None:
    source, data = Path(sys.argv[1]).read_bytes(), sys.stdin.buffer.read().decode()
    try:
        made = _replacing(source, data) if "--replacing" in sys.argv else _typeset(source, data)
    except NoLetters as letters:
        refuse(
            f"The document holds “{letters}”, a letter that none of the fonts here has."
            " Whoever runs the service can install a font that has it; nothing else needs to change."
        )
    else:
        sys.stdout.buffer.write(made)


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
    raise NoLetters(letters[1] if letters else "?")


def _replacing(source: bytes, data: str) -> bytes:
    """One after another, as the typesetter names no more than one at a time."""
    text = json.dumps(json.loads(data), ensure_ascii=False)
    for _ in range(_MOST_REPLACED):
        try:
            return _typeset(source, text)
        except NoLetters as letters:
            text = text.replace(str(letters), NO_LETTER)
    return _typeset(source, text)


if __name__ == "__main__":
    main()
