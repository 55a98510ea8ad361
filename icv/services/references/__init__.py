"""What is done about references: naming referees, asking and reminding them, taking their answers."""

from icv.services.references.answering import answer, decline, type_in
from icv.services.references.asking import AddressOf, ask_all, ask_for_several, ask_referee, chase
from icv.services.references.errors import ReferenceRefused
from icv.services.references.naming import RefereeContact, change_referee, give_up_referee, name_referee

__all__ = [
    "AddressOf",
    "RefereeContact",
    "ReferenceRefused",
    "answer",
    "ask_all",
    "ask_for_several",
    "ask_referee",
    "change_referee",
    "chase",
    "decline",
    "give_up_referee",
    "name_referee",
    "type_in",
]
