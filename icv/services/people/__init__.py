"""What is done with people's records: add, change, move along the path, and keep what clearance needs."""

from icv.services.people.absence import Leave, call_off_leave, change_return, go_on_leave, suspend
from icv.services.people.again import apply_again
from icv.services.people.appraising import confirm, extend_probation, record_review, renew_term
from icv.services.people.contact import Contact, add_person, change_contact, change_own_phone, similar_people
from icv.services.people.correcting import correct_last_step
from icv.services.people.declaring import declare, settle_declaration
from icv.services.people.errors import PeopleError
from icv.services.people.interviewing import InterviewNotes, note_interview
from icv.services.people.inviting import Invited, invite_people
from icv.services.people.keeping import declare_conflict, end_conflict, keep_record
from icv.services.people.leaving import Ending, end_appointment
from icv.services.people.moving import (
    Move,
    Moved,
    move,
    move_several,
    usual_ends,
)
from icv.services.people.releasing import release_duties
from icv.services.people.removing import Mistake, remove_record, what_hangs_on
from icv.services.people.signing import sign_agreement

__all__ = [
    "Contact",
    "Ending",
    "InterviewNotes",
    "Invited",
    "Leave",
    "Mistake",
    "Move",
    "Moved",
    "PeopleError",
    "add_person",
    "apply_again",
    "call_off_leave",
    "change_contact",
    "change_own_phone",
    "change_return",
    "confirm",
    "correct_last_step",
    "declare",
    "declare_conflict",
    "end_appointment",
    "end_conflict",
    "extend_probation",
    "go_on_leave",
    "invite_people",
    "keep_record",
    "move",
    "move_several",
    "note_interview",
    "record_review",
    "release_duties",
    "remove_record",
    "renew_term",
    "settle_declaration",
    "sign_agreement",
    "similar_people",
    "suspend",
    "usual_ends",
    "what_hangs_on",
]
