"""What is done with people's records: add, change, move along the path, and keep what clearance needs."""

from icv.services.people.contact import Contact, add_person, change_contact, change_own_phone, similar_people
from icv.services.people.correcting import correct_last_step
from icv.services.people.declaring import declare, settle_declaration
from icv.services.people.errors import PeopleError
from icv.services.people.inviting import invite_people
from icv.services.people.keeping import declare_conflict, end_conflict, keep_record
from icv.services.people.moving import (
    Move,
    Moved,
    bars_to_appointment,
    move,
    move_several,
    usual_ends,
)

__all__ = [
    "Contact",
    "Move",
    "Moved",
    "PeopleError",
    "add_person",
    "bars_to_appointment",
    "change_contact",
    "change_own_phone",
    "correct_last_step",
    "declare",
    "declare_conflict",
    "end_conflict",
    "invite_people",
    "keep_record",
    "move",
    "move_several",
    "settle_declaration",
    "similar_people",
    "usual_ends",
]
