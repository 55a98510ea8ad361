"""Keeping: backups and putting them back, the health of an installation, sweeping out what has expired."""

from icv.services.keeping.backups import Backup, Restored, backup, restore
from icv.services.keeping.errors import KeepingError
from icv.services.keeping.health import Check, check
from icv.services.keeping.sweeping import sweep

__all__ = ["Backup", "Check", "KeepingError", "Restored", "backup", "check", "restore", "sweep"]
