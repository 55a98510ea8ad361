"""What is done about references: naming referees, asking and reminding them, taking their answers."""

from icv.services.references.answering import answer, decline, type_in
from icv.services.references.asking import ask_all, ask_for_several, ask_referee
from icv.services.references.chasing import chase_references
from icv.services.references.errors import ReferenceRefused
from icv.services.references.naming import RefereeContact, change_referee, give_up_referee, name_referee
from icv.services.references.posting import AddressOf

__all__ = [
    "AddressOf",
    "RefereeContact",
    "ReferenceRefused",
    "answer",
    "ask_all",
    "ask_for_several",
    "ask_referee",
    "change_referee",
    "chase_references",
    "decline",
    "give_up_referee",
    "name_referee",
    "type_in",
]
