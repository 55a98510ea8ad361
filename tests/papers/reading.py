"""Reading documents back as plain data: a Word file's parts and words, and a workbook's cells."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@dataclass(frozen=True)
class Package:
    """The parts of a file as Word, or a spreadsheet, packs it."""

    parts: dict[str, bytes]

    @classmethod
    def of(cls, content: bytes) -> "Package":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert packed.testzip() is None
            names = packed.namelist()
            assert len(names) == len(set(names))
            return cls({name: packed.read(name) for name in names})

    def tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.parts[name])

    def assert_whole(self) -> None:
        """Every part well-formed and of a known type, every relationship to something that is there."""
        types = self.tree("[Content_Types].xml")
        endings = {one.get("Extension") for one in types.findall(f"{_TYPES}Default")}
        named = {(one.get("PartName") or "").removeprefix("/") for one in types.findall(f"{_TYPES}Override")}
        assert named <= set(self.parts), f"types of parts that are not there: {named - set(self.parts)}"
        for name in self.parts:
            if name.endswith((".xml", ".rels")):
                self.tree(name)
            assert name in named or name.rpartition(".")[2] in endings or name.startswith("["), name
            if name.endswith(".rels"):
                self._assert_resolves(name)

    def _assert_resolves(self, name: str) -> None:
        folder = posixpath.dirname(posixpath.dirname(name))
        for relationship in self.tree(name).findall(f"{_RELATIONSHIPS}Relationship"):
            target = relationship.get("Target") or ""
            if relationship.get("TargetMode") == "External":
                continue
            path = target.removeprefix("/") if target.startswith("/") else posixpath.join(folder, target)
            assert posixpath.normpath(path) in self.parts, f"{name} leads to {target}, which is not there"


def words_of(element: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def style_of(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
