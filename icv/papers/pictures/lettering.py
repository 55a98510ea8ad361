"""Lettering: how wide words will be, so that they are broken or cut before they run into something."""

SIZE = 14
_WIDTHS = {"ijlI|.,:;'!’": 0.25, "ftr()[]/- ": 0.34, "mw": 0.85, "MW%@—": 0.95}
_WIDTH_OF = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_SPARE = 1.12
"""Nobody knows which sans-serif a reader has: the widest usual ones are so much wider than Arial."""


def width(words: str, *, bold: bool = False) -> float:
    return sum(map(_width_of, words)) * SIZE * _SPARE * (1.07 if bold else 1)


def fitted(words: str, room: float, *, bold: bool = False) -> str:
    """The words, or as many letters as there is room for and an ellipsis."""
    if width(words, bold=bold) <= room:
        return words
    kept = words
    while kept and width(f"{kept}…", bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def lines(words: str, room: float, most: int = 2) -> list[str]:
    """Broken between words into at most so many lines, the last of them cut where it must be."""
    made: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}".lstrip()
        if line and width(longer) > room and len(made) < most - 1:
            made.append(line)
            longer = word
        line = longer
    return [fitted(one, room) for one in (*made, line)]


def _width_of(letter: str) -> float:
    found = _WIDTH_OF.get(letter)
    if found is not None:
        return found
    if ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() else 0.56
