"""Keeping: backups and putting them back, and the health of an installation."""

from icv.services.keeping.backups import Backup, Restored, backup, restore
from icv.services.keeping.errors import KeepingError
from icv.services.keeping.health import Check, check

__all__ = ["Backup", "Check", "KeepingError", "Restored", "backup", "check", "restore"]
