"""Reading a PDF as a reader that speaks would: what it says of itself, and the text of its tagged parts."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(
    rb"<<(?:[^()>]|\((?:\\.|[^\\()])*\))*>>|/(f\d+) [\d.]+ Tf|\((?:\\.|[^\\()])*\)|BT|ET", re.DOTALL
)
_ESCAPED = re.compile(rb"\\(\d{3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """Only what the typesetter writes: objects one by one, packed streams, fonts by their ToUnicode."""

    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF-1.7")
        self.objects = {int(number): body for number, body in _OBJECT.findall(content)}
        self.all = b"\n".join(_unpacked(body) for body in self.objects.values())

    @property
    def language(self) -> str:
        found = re.search(rb"/Lang\s*\(([^)]*)\)", self.all)
        return found[1].decode() if found else ""

    @property
    def title(self) -> str:
        found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", self.all, re.DOTALL)
        return found[1].decode() if found else ""

    @property
    def claims_ua(self) -> bool:
        return b"<pdfuaid:part>1<" in self.all and b"/Marked true" in self.all

    @property
    def roles(self) -> list[str]:
        """What the parts are tagged as, in no order."""
        return sorted(role.decode() for role in re.findall(rb"/S\s*/(\w+)", self.all))

    @property
    def fonts(self) -> set[str]:
        return {name.decode() for name in re.findall(rb"/FontName\s*/\w+\+([\w-]+)", self.all)}

    @property
    def text(self) -> str:
        """What is drawn, line by line."""
        return "\n".join(filter(None, self.page_texts))

    @property
    def page_texts(self) -> list[str]:
        return list(map(self._said_on, self._pages()))

    @property
    def lying(self) -> list[bool]:
        """Of each page, whether it is wider than tall."""
        sizes = [re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", page) for page in self._pages()]
        return [bool(size) and float(size[1]) > float(size[2]) for size in sizes if size]

    @property
    def pages(self) -> int:
        return len(self._pages())

    @property
    def lefts(self) -> list[float]:
        """Where each piece of text begins, in points from the left edge."""
        drawn = b"".join(map(self._drawn_on, self._pages()))
        return [float(left) for left in re.findall(rb"q 1 0 0 -1 ([-\d.]+) [-\d.]+ cm[^\n]*\nBT", drawn)]

    def _pages(self) -> list[bytes]:
        return [body for body in self.objects.values() if b"/Type/Page/" in body]

    def _drawn_on(self, page: bytes) -> bytes:
        return _unpacked(self._named(page, b"Contents"))

    def _said_on(self, page: bytes) -> str:
        """Fonts go by another name on each page."""
        fonts = re.findall(rb"/(f\d+) (\d+) 0 R", self._named(page, b"Resources"))
        letters = {name: self._letters(self.objects[int(number)]) for name, number in fonts}
        return _shown(self._drawn_on(page), letters)

    def _named(self, body: bytes, what: bytes) -> bytes:
        number = re.search(rb"/" + what + rb" (\d+) 0 R", body)
        assert number, f"no {what.decode()}"
        return self.objects[int(number[1])]

    def _letters(self, font: bytes) -> dict[int, str]:
        """What each glyph stands for."""
        assert b"/ToUnicode" in font, "a font of which no letters can be read aloud"
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", _unpacked(self._named(font, b"ToUnicode")))
        return {int(glyph, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs}


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if not found:
        return body
    content = zlib.decompress(found[2]) if b"/FlateDecode" in found[1] else found[2]
    return found[1] + b"\n" + content


def _shown(page: bytes, letters: dict[bytes, dict[int, str]]) -> str:
    said, font = [], b""
    for piece in _SHOWN.finditer(page):
        if piece[1]:
            font = piece[1]
        elif piece[0].startswith(b"("):
            raw = _ESCAPED.sub(_sign, piece[0][1:-1])
            glyphs = [int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)]
            said.append("".join(letters[font][glyph] for glyph in glyphs))
        elif piece[0] == b"ET":
            said.append("\n")
    return "".join(said)


def _sign(escaped: re.Match[bytes]) -> bytes:
    sign = escaped[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else _PLAIN.get(sign, sign)
