"""Pictures as PNG, for documents that cannot hold a drawing: set by the typesetter, all in one go."""

import json

import typst

from icv.papers.panel.drawings import for_print, width_cm

DOTS_PER_INCH = 220
_SOURCE = b"""#set page(width: auto, height: auto, margin: 1mm)
#for (n, it) in json(bytes(sys.inputs.data)).enumerate() {
  if n > 0 { pagebreak() }
  image(bytes(it.svg), format: "svg", width: it.wide * 1cm)
}"""


def engraved(svgs: list[str]) -> list[bytes]:
    if not svgs:
        return []
    data = json.dumps([{"svg": for_print(svg), "wide": width_cm(svg)} for svg in svgs])
    compiler = typst.Compiler(_SOURCE, ignore_system_fonts=data.isascii(), sys_inputs={"data": data})
    made = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    return made if isinstance(made, list) else [made or b""]
