"""Vetting of everybody: where each person's stands, and decisions that extended many at once."""

from icv.store.vetting.board import PAGE, Board, BoardLine, BoardWanted, board
from icv.store.vetting.due import Ending, LateRequest, requests_overdue, vettings_ending
from icv.store.vetting.extensions import (
    Decision,
    ExtendedPerson,
    ExtensionLine,
    decisions,
    extended_on,
    extensions_of,
    held_for_extending,
)
from icv.store.vetting.records import Vetted, levels_on_record, people_vetted, vettings_of
from icv.store.vetting.tables import ExtendedVetting, Extension

__all__ = [
    "PAGE",
    "Board",
    "BoardLine",
    "BoardWanted",
    "Decision",
    "Ending",
    "ExtendedPerson",
    "ExtendedVetting",
    "Extension",
    "ExtensionLine",
    "LateRequest",
    "Vetted",
    "board",
    "decisions",
    "extended_on",
    "extensions_of",
    "held_for_extending",
    "levels_on_record",
    "people_vetted",
    "requests_overdue",
    "vettings_ending",
    "vettings_of",
]
