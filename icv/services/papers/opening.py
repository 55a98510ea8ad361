"""A draft opened: its head, the figures as they are now, and every block with the words written over it."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.digests import digest_of
from icv.rules.figures.panel import PanelFigures
from icv.rules.paper import Paper, Restated
from icv.rules.paper.composing import composed, live_blocks
from icv.rules.paper.restating import Earlier
from icv.rules.paper.wording import Placed, kept, placed, unsettled
from icv.rules.paper.written import paper_as_json, paper_from_json
from icv.services.papers.errors import PaperError
from icv.store.figures.panel import panel_figures
from icv.store.papers import Draft, frozen_paper, held_draft, words_over
from icv.store.scheme import choices_on


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """`paper` is the draft as it will read, without a reference yet. `earlier` is the paper it restates."""

    draft: Draft
    found: PanelFigures
    paper: Paper
    blocks: tuple[Placed, ...]
    earlier: Earlier | None

    @property
    def unsettled(self) -> tuple[Placed, ...]:
        return unsettled(self.blocks)

    @property
    def is_early(self) -> bool:
        """The period is not over: its figures will go on changing of themselves."""
        return self.paper.as_of <= self.draft.period.last

    @property
    def seal(self) -> str:
        """Changes with anything the paper says."""
        return digest_of(paper_as_json(self.paper))[:16]

    def at(self, key: str) -> Placed | None:
        return next((one for one in self.blocks if one.key == key), None)

    def under(self, reference: str) -> Paper:
        return replace(self.paper, reference=reference)


def opened(session: Session, asked: Draft, *, today: date) -> OpenDraft:
    found = panel_figures(session, asked.period, as_of=today)
    named, earlier = choices_on(session, today), _earlier(session, asked)
    blocks = placed(live_blocks(asked.kind, found, named, earlier), words_over(session, asked.id))
    restated = earlier.restated if earlier else None
    paper = composed(asked.kind, asked.head, found, kept(blocks), named=named, restated=restated)
    return OpenDraft(asked, found, paper, blocks, earlier)


def _earlier(session: Session, asked: Draft) -> Earlier | None:
    frozen = frozen_paper(session, asked.restates_id) if asked.restates_id else None
    if frozen is None:
        return None
    restated = Restated(frozen.reference, london_day(frozen.frozen_at), frozen.digest, asked.why)
    return Earlier(restated, paper_from_json(frozen.content))


def held(session: Session, paper_id: int, *, today: date) -> OpenDraft | None:
    """Nobody else changes it until the transaction ends; None where it is no draft, or none any more."""
    asked = held_draft(session, paper_id)
    return opened(session, asked, today=today) if asked else None


def held_unopened(session: Session, paper_id: int) -> Draft:
    """The same hold, for acts that need no figures. Raises PaperError."""
    asked = held_draft(session, paper_id)
    if asked:
        return asked
    frozen = frozen_paper(session, paper_id)
    if frozen is None:
        raise PaperError("This draft was discarded meanwhile.")
    raise PaperError(
        f"{frozen.frozen_by or 'Somebody'} froze this paper meanwhile, as {frozen.reference}: what was sent"
        " stays as it is. To correct it, restate it."
    )
