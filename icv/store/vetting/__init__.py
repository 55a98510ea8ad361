"""Vetting of everybody: where each person's stands, and decisions that extended many at once."""

from icv.store.vetting.tables import ExtendedVetting, Extension

__all__ = ["ExtendedVetting", "Extension"]
