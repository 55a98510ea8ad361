"""Links by which officers without an account answer findings: how each stands, and what it leads to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.answering import LinkStand, is_at_rest, is_code_good, last_day, stand_of_link
from icv.rules.findings import WITH_POLICE, FindingState
from icv.store.accounts import Account
from icv.store.findings.put import PutFinding, finding_put, findings_put_of
from icv.store.findings.tables import Finding, FindingLink, LinkedFinding


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link as whoever holds it sees it. `is_open_here`: the code was entered in this browser."""

    id: int
    name: str
    email: str
    made_at: datetime
    expires_at: datetime
    stand: LinkStand
    is_open_here: bool
    code_sent_at: datetime | None
    takes_code: bool

    @property
    def last_on(self) -> date:
        return last_day(self.expires_at)


def link_held(session: Session, secret_digest: str, opened_digest: str, *, at: datetime) -> HeldLink | None:
    """The link of this secret, asked for by a browser with that secret of its own ("" where it has none)."""
    link = session.execute(
        sa.select(FindingLink, _open_ones()).where(FindingLink.secret_digest == secret_digest)
    ).one_or_none()
    if link is None:
        return None
    row, left = link
    return HeldLink(
        id=row.id,
        name=row.name,
        email=row.email,
        made_at=row.made_at,
        expires_at=row.expires_at,
        stand=_stand(row.revoked_at, row.expires_at, left, at),
        is_open_here=bool(opened_digest)
        and row.opened_digest == opened_digest
        and not is_at_rest(row.opened_at, at=at),
        code_sent_at=row.code_sent_at,
        takes_code=row.code_digest is not None and is_code_good(row.code_sent_at, row.code_tries, at=at),
    )


def findings_of_link(session: Session, link_id: int) -> list[PutFinding]:
    """What awaits a reply first, due first. Without events."""
    return findings_put_of(session, _of(link_id))


def finding_of_link(session: Session, link_id: int, finding_id: int) -> PutFinding | None:
    """One that this link leads to, as the police see it; any other is nothing to it."""
    leads = session.scalar(_of(link_id).where(LinkedFinding.finding_id == finding_id))
    return finding_put(session, finding_id) if leads else None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as the coordinator lists it. `findings` are (id, reference, state), by reference."""

    id: int
    name: str
    email: str
    made_at: datetime
    made_by: str | None
    expires_at: datetime
    opened_at: datetime | None
    stand: LinkStand
    findings: tuple[tuple[int, str, FindingState], ...] = ()

    @property
    def last_on(self) -> date:
        return last_day(self.expires_at)

    @property
    def waits(self) -> int:
        return sum(state in WITH_POLICE for _, _, state in self.findings)


def links_made(session: Session, *, page: int, size: int, at: datetime) -> list[LinkLine]:
    """All of them, the latest first."""
    asked = _lines().order_by(FindingLink.made_at.desc(), FindingLink.id.desc())
    return _with_findings(session, asked.limit(size).offset((page - 1) * size), at)


def how_many_links(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(FindingLink)) or 0


def links_to_finding(session: Session, finding_id: int, *, at: datetime) -> list[LinkLine]:
    """Those that lead to it, the latest first; at most ten."""
    leads = sa.select(LinkedFinding.link_id).where(LinkedFinding.finding_id == finding_id)
    asked = _lines().where(FindingLink.id.in_(leads)).order_by(FindingLink.id.desc()).limit(10)
    return _with_findings(session, asked, at)


@dataclass(frozen=True, slots=True)
class LinkedOfficer:
    """Somebody whose link works now, and which of the findings asked about it leads to."""

    link_id: int
    name: str
    email: str
    sent_at: datetime
    last_on: date
    findings: frozenset[int]


def officers_linked(session: Session, finding_ids: Collection[int], *, at: datetime) -> list[LinkedOfficer]:
    """Whoever can answer these findings by a link now, the oldest link first."""
    rows = session.execute(
        sa.select(FindingLink, LinkedFinding.finding_id)
        .join(LinkedFinding, LinkedFinding.link_id == FindingLink.id)
        .where(
            LinkedFinding.finding_id.in_(finding_ids),
            FindingLink.revoked_at.is_(None),
            FindingLink.expires_at > at,
        )
        .order_by(FindingLink.id)
    )
    found: dict[int, tuple[FindingLink, set[int]]] = {}
    for link, finding_id in rows:
        found.setdefault(link.id, (link, set()))[1].add(finding_id)
    return [
        LinkedOfficer(link.id, link.name, link.email, link.made_at, last_day(link.expires_at), frozenset(of))
        for link, of in found.values()
    ]


def _of(link_id: int) -> sa.Select[Any]:
    return sa.select(LinkedFinding.finding_id).where(LinkedFinding.link_id == link_id)


def _open_ones() -> sa.ScalarSelect[Any]:
    """How many findings of the link are not closed."""
    return (
        sa.select(sa.func.count())
        .select_from(LinkedFinding)
        .join(Finding, Finding.id == LinkedFinding.finding_id)
        .where(LinkedFinding.link_id == FindingLink.id, Finding.state != FindingState.CLOSED)
        .correlate(FindingLink)
        .scalar_subquery()
    )


def _stand(revoked_at: datetime | None, expires_at: datetime, left: int, at: datetime) -> LinkStand:
    return stand_of_link(revoked_at=revoked_at, expires_at=expires_at, is_all_closed=not left, at=at)


def _lines() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        FindingLink.id,
        FindingLink.name,
        FindingLink.email,
        FindingLink.made_at,
        Account.name,
        FindingLink.expires_at,
        FindingLink.opened_at,
        FindingLink.revoked_at,
        _open_ones(),
    ).outerjoin(Account, Account.id == FindingLink.made_by_id)


def _with_findings(session: Session, asked: sa.Select[*tuple[Any, ...]], at: datetime) -> list[LinkLine]:
    rows = session.execute(asked).all()
    findings = _findings(session, [row[0] for row in rows])
    return [
        LinkLine(
            link_id,
            name,
            email,
            made_at,
            made_by,
            expires_at,
            opened_at,
            _stand(revoked_at, expires_at, left, at),
            tuple(findings[link_id]),
        )
        for link_id, name, email, made_at, made_by, expires_at, opened_at, revoked_at, left in rows
    ]


def _findings(
    session: Session, link_ids: Sequence[int]
) -> defaultdict[int, list[tuple[int, str, FindingState]]]:
    rows = session.execute(
        sa.select(LinkedFinding.link_id, Finding.id, Finding.reference, Finding.state)
        .join(Finding, Finding.id == LinkedFinding.finding_id)
        .where(LinkedFinding.link_id.in_(link_ids))
        .order_by(Finding.reference)
    )
    found: defaultdict[int, list[tuple[int, str, FindingState]]] = defaultdict(list)
    for link_id, finding_id, reference, state in rows:
        found[link_id].append((finding_id, reference, state))
    return found
