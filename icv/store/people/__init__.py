"""People: one record each from application to leaving, what clearance is made from, and questions of them."""

from icv.store.people.absences import Absence, absence
from icv.store.people.appraisals import (
    DeclarationLine,
    ReviewLine,
    WaitingDeclaration,
    declarations_of,
    reviews_of,
    unsettled_declarations,
)
from icv.store.people.dated import (
    Agreement,
    Card,
    Declaration,
    Interview,
    Review,
    Term,
    Training,
    Vetting,
)
from icv.store.people.interviews import InterviewLine, interviews_seen_by, may_read_references
from icv.store.people.known import KnownPerson, people_by_address, person_by_address
from icv.store.people.leavers import CardOut, cards_out
from icv.store.people.listing import (
    NO_TEAM,
    ChosenPerson,
    Listed,
    PersonLine,
    Wanted,
    people_chosen,
    people_listed,
    step_on,
)
from icv.store.people.progress import progress_of, referee_days
from icv.store.people.record import (
    TABLES,
    ConflictLine,
    Kept,
    PersonRecord,
    StepLine,
    conflicts_of,
    names_on_record,
    person_seen_by,
    records_kept,
    rounds_on_record,
    timeline,
)
from icv.store.people.referees import Referee
from icv.store.people.signing import SignedIn, signed_in
from icv.store.people.standings import standing_without, standings, standings_ahead
from icv.store.people.tables import Conflict, Person, Round, StageStep, came_by, stands

__all__ = [
    "NO_TEAM",
    "TABLES",
    "Absence",
    "Agreement",
    "Card",
    "CardOut",
    "ChosenPerson",
    "Conflict",
    "ConflictLine",
    "Declaration",
    "DeclarationLine",
    "Interview",
    "InterviewLine",
    "Kept",
    "KnownPerson",
    "Listed",
    "Person",
    "PersonLine",
    "PersonRecord",
    "Referee",
    "Review",
    "ReviewLine",
    "Round",
    "SignedIn",
    "StageStep",
    "StepLine",
    "Term",
    "Training",
    "Vetting",
    "WaitingDeclaration",
    "Wanted",
    "absence",
    "came_by",
    "cards_out",
    "conflicts_of",
    "declarations_of",
    "interviews_seen_by",
    "may_read_references",
    "names_on_record",
    "people_by_address",
    "people_chosen",
    "people_listed",
    "person_by_address",
    "person_seen_by",
    "progress_of",
    "records_kept",
    "referee_days",
    "reviews_of",
    "rounds_on_record",
    "signed_in",
    "standing_without",
    "standings",
    "standings_ahead",
    "stands",
    "step_on",
    "timeline",
    "unsettled_declarations",
]
