"""Exporting everything that the import formats can carry, in an order and a form that never vary."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.csv_writing import csv_bytes
from icv.rules.exchange.cells import protected
from icv.rules.exchange.findings import FINDINGS
from icv.rules.exchange.rows import Format
from icv.rules.exchange.suites import SUITES
from icv.rules.exchange.visits import VISITS
from icv.rules.exchange.volunteers import VOLUNTEERS
from icv.rules.refusals import Refusal
from icv.rules.visits import VisitKind
from icv.services.exchange.findings import findings_on_record
from icv.services.exchange.suites import suites_on_record
from icv.services.exchange.visits import visits_on_record
from icv.services.exchange.volunteers import volunteers_on_record
from icv.store import trail
from icv.store.suites import Suite, SuitePeriod

FORMATS: tuple[Format[Any], ...] = (SUITES, VOLUNTEERS, VISITS, FINDINGS)
MANIFEST = "manifest.json"
NOT_CARRIED = (
    "Accounts, passwords, sign-ins, calendar feeds and who did what.",
    "Times agreed by a pair, which only the two may read.",
    "Reports with their contacts, suite checks and remarks; of a visit only its register entry is here.",
    "Terrorism visits, record reviews and dog-welfare visits, and the findings raised at them: the formats"
    " have no kind of visit.",
    "Rotas and drafts; duties declined or released, and whether one still waits for an answer.",
    "Availability, days away, conflicts, agreements and identity cards.",
    "Stages before the latest; vettings, trainings and terms before the latest; a vetting refused.",
    "Teams and recruitment rounds to which nothing belongs, and the days a round opened and closed.",
    "The texts exchanged with the police about a finding, and its steps other than the days in its row.",
    "Themes of findings, who put one right on the spot, notes, reminders, how it was sorted before, what its"
    " visitors were told.",
    "Panel papers, the quality binder, counts of diversity and other schemes' figures.",
    "The scheme's settings. `icv backup` makes the full copy.",
)


class ExportRefused(Refusal):
    """Why nothing was exported, and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The folder and the number of rows in each file."""

    folder: Path
    rows: Mapping[str, int]


def export_to(session: Session, folder: Path, *, by: int | None, at: datetime) -> Exported:
    """Writes the four files and their manifest, readable by their owner alone. Raises ExportRefused.

    Notes the export in the trail: the session must be one that may write.
    """
    _make_ready(folder)
    rows = _rows(session)
    files = {f"{form.kind}.csv": _file(form, rows[form.kind]) for form in FORMATS}
    counts = {kind: len(found) for kind, found in rows.items()}
    try:
        for name, content in {**files, MANIFEST: _manifest(files, counts)}.items():
            _write(folder / name, content)
    except OSError as fault:
        raise ExportRefused(f"{folder} cannot be written to: {fault.strerror}.") from fault
    trail.note(session, "export", "everything", None, by=by, at=at, **counts)
    return Exported(folder, counts)


def _rows(session: Session) -> dict[str, list[Any]]:
    """What refers to others is asked first: a record made in the meantime then lacks nothing it refers to."""
    findings = findings_on_record(session, VisitKind.CUSTODY)
    visits = visits_on_record(session, VisitKind.CUSTODY)
    volunteers = volunteers_on_record(session)
    suites = suites_on_record(session)
    _refuse_suites_never_open(session)
    return {"suites": suites, "volunteers": volunteers, "visits": visits, "findings": findings}


def _refuse_suites_never_open(session: Session) -> None:
    """A row of suites is an open period: a suite without one could not be read back, nor could its visits."""
    closed = session.scalars(
        sa.select(Suite.name).where(~sa.exists().where(SuitePeriod.suite_id == Suite.id)).order_by(Suite.name)
    ).all()
    if closed:
        raise ExportRefused(
            f"No open period is on record for {', '.join(closed)}. Say from when each is open, then export."
        )


def _file(form: Format[Any], rows: list[Any]) -> bytes:
    return csv_bytes(form.columns, [[protected(text) for text in form.texts(row)] for row in rows])


def _manifest(files: Mapping[str, bytes], counts: Mapping[str, int]) -> bytes:
    """The same for the same records: no day, no version."""
    described = {
        name: {"rows": counts[name.removesuffix(".csv")], "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }
    manifest = {"files": described, "not_carried": NOT_CARRIED}
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def _make_ready(folder: Path) -> None:
    """An export stands alone: the folder may hold an earlier one, nothing else."""
    ours = {MANIFEST, *(f"{form.kind}.csv" for form in FORMATS)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = sorted(entry.name for entry in folder.iterdir() if entry.name not in ours)
    except OSError as fault:
        raise ExportRefused(f"{folder} cannot be used: {fault.strerror}. Name an empty folder.") from fault
    if strangers:
        raise ExportRefused(f"{folder} holds something else ({strangers[0]}). Name an empty folder.")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner's eyes: rows hold personal data."""
    draft = path.with_name(path.name + ".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
