"""Parts of a draft as a phone sends them: each stands alone, and the same part sent again is saved once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.report import Frame, Part, next_name, read
from icv.services.reports.drafts import frame_of, locked_visit, open_report, refuse_faults
from icv.services.reports.errors import Clash, Refused
from icv.store.reports import SavedPart, saved_parts
from icv.store.trail import note
from icv.store.visits import Report, ReportSection, Visit

NEW = "new:"


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part as a phone sends it; None asks for it to be taken out.

    `name` is `contact-2`, or `contact-new:<key>` for one that the phone added and the server has not named.
    `version` is the one the phone saw, 0 for none, None where it does not say.
    """

    name: str
    part: Part | None
    version: int | None = None

    @property
    def key(self) -> str | None:
        """The phone's own name for it, kept beside the one it is given: so it is added once."""
        key = self.name.partition("-")[2]
        return key if key.startswith(NEW) else None


@dataclass(frozen=True, slots=True)
class Saved:
    """Under which name a part is kept, and its version; 0 once it is taken out."""

    name: str
    version: int


Outcome = Saved | Refused | Clash


def receive_parts(
    session: Session, visit_id: int, sent: Sequence[SentPart], *, by: Actor, at: datetime
) -> dict[str, Outcome]:
    """Keeps each part that can be kept, by the name it was sent under; one that cannot stops no other.

    Raises NotOpen as `save` does.
    """
    visit = locked_visit(session, visit_id)
    draft = KeptDraft(session, visit, open_report(session, visit, by=by, at=at), by=by, at=at)
    return draft.take_all(sent)


class KeptDraft:
    """The draft of a locked visit as it is kept, while parts come in."""

    def __init__(self, session: Session, visit: Visit, report: Report, *, by: Actor, at: datetime) -> None:
        self.session, self.visit, self.report, self.by, self.at = session, visit, report, by, at
        self.frame: Frame = frame_of(session, visit, at)
        self.kept = saved_parts(session, visit.id)
        rows = session.scalars(
            sa.select(ReportSection)
            .where(ReportSection.report_id == report.id)
            .execution_options(populate_existing=True)
        )
        self._rows = {row.name: row for row in rows}
        self._named: dict[str, str] = {row.sent_key: row.name for row in self._rows.values() if row.sent_key}

    def take_all(self, sent: Sequence[SentPart]) -> dict[str, Outcome]:
        outcomes = {one.name: self._take(one) for one in sent}
        self.session.flush()
        return outcomes

    def with_all(self, sent: Sequence[SentPart]) -> tuple[dict[str, SavedPart], dict[str, str]]:
        """The parts as they would be with all that was sent, and the name of each sent one among them."""
        return laid_over(self.kept, sent, self._named, at=self.at)

    def unseen(self, one: SentPart, name: str) -> SavedPart | None:
        """What the partner saved there that says something else, and the phone had not seen."""
        kept = self.kept.get(name)
        if kept is None or _is_kept_so(one, kept) or kept.version == one.version or self._is_own(name):
            return None
        return kept

    def _take(self, one: SentPart) -> Outcome:
        """Keeps or takes out one part, if nobody was there first and nothing in it cannot be."""
        name = _name_of(one, self.kept, self._named)
        kept = self.kept.get(name)
        if _is_kept_so(one, kept):
            return Saved(name, kept.version if kept else 0)
        if not self._has_seen(one, name):
            return Clash(kept)
        if one.part is None:
            return self._remove(name)
        try:
            refuse_faults(name, one.part, self.kept, self.frame)
        except Refused as refusal:
            return refusal
        return self._save(one.part, name, one.key)

    def _has_seen(self, one: SentPart, name: str) -> bool:
        """Whether the phone knows of what it would write over.

        A phone that added a part, or does not say what it saw, knows of what its own person saved.
        """
        kept = self.kept.get(name)
        if kept is None:
            return not one.version
        if one.version is None:
            return self._is_own(name)
        return kept.version == one.version or (
            one.key is not None and kept.version == 1 and self._is_own(name)
        )

    def _is_own(self, name: str) -> bool:
        return self._rows[name].saved_by_id == self.by.account_id

    def _save(self, part: Part, name: str, key: str | None) -> Saved:
        kept = self.kept.get(name)
        row = self._rows.get(name)
        if row is None:
            row = self._rows[name] = ReportSection(report_id=self.report.id, name=name, sent_key=key)
            self.session.add(row)
        row.answers, row.version = part.answers(), kept.version + 1 if kept else 1
        row.saved_at, row.saved_by_id = self.at, self.by.account_id
        self.kept[name] = SavedPart(name, row.answers, row.version, self.at, self.by.name)
        if key:
            self._named[key] = name
        self._note("save report", name)
        return Saved(name, row.version)

    def _remove(self, name: str) -> Saved:
        self.session.delete(self._rows.pop(name))
        del self.kept[name]
        self._note("remove from report", name)
        return Saved(name, 0)

    def _note(self, act: str, name: str) -> None:
        note(self.session, act, "visit", self.visit.id, by=self.by.account_id, at=self.at, part=name)


def laid_over(
    kept: Mapping[str, SavedPart], sent: Sequence[SentPart], named: Mapping[str, str], *, at: datetime
) -> tuple[dict[str, SavedPart], dict[str, str]]:
    """What is kept with what was sent over it, and the name of each sent one. `named`: names of keys."""
    merged, names = dict(kept), {}
    for one in sent:
        name = names[one.name] = _name_of(one, merged, named)
        if one.part is None:
            merged.pop(name, None)
        else:
            merged[name] = SavedPart(name, one.part.answers(), 0, at, None)
    return merged, names


def _name_of(one: SentPart, taken: Mapping[str, object], named: Mapping[str, str]) -> str:
    """contact-3 for contact-new:<key>: the name it has, or would have."""
    if one.key is None:
        return one.name
    return named.get(one.key) or next_name(one.name.partition("-")[0], taken)


def _is_kept_so(one: SentPart, kept: SavedPart | None) -> bool:
    if one.part is None or kept is None:
        return one.part is None and kept is None
    return read(type(one.part), kept.answers) == one.part
