"""Checks: what visitors ask, look at and read after, until a scheme has its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """`key` stays when the words change; `category` is that of the finding that a no may be."""

    key: str
    title: str
    category: str = ""

    @classmethod
    def read(cls, kept: Iterable[Any]) -> "Check":
        return cls(*kept)


CONTACT_CHECKS = (
    Check("rights", "Rights and the written notice given, and understood", "rights and information"),
    Check("someone_told", "Somebody told of the detention, if wished", "rights and information"),
    Check("solicitor", "Solicitor offered", "rights and information"),
    Check("phone", "Phone call offered", "rights and information"),
    Check("medical", "Medical attention and medication, if needed", "medical"),
    Check("adult", "Appropriate adult called, if needed", "mental health and vulnerability"),
    Check("interpreter", "Interpreter or translation, if needed", "rights and information"),
    Check("food", "Food and drink offered", "food and drink"),
    Check("bedding", "Mattress, pillow and blanket", "welfare"),
    Check("washing", "Wash and shower offered", "washing and hygiene"),
    Check("clothing", "Enough clothing", "welfare"),
    Check("reading", "Something to read offered", "welfare"),
    Check("religion", "Religious needs met", "welfare"),
    Check("dependants", "Dependants and pets at home seen to", "welfare"),
    Check("female", "Woman or girl: female officer named, hygiene pack offered", "welfare"),
    Check("reviews", "Detention reviewed on time", "rights and information"),
    Check("no_complaint", "No complaint to make", "complaints route"),
)
SUITE_CHECKS = (
    Check("clean", "Cells and corridors clean", "conditions"),
    Check("repair", "In good repair, nothing to hurt oneself on", "safety and security"),
    Check("heat_light", "Warm, aired and lit as they should be", "conditions"),
    Check("food", "Food in date, enough of it, and for every diet", "food and drink"),
    Check("cctv", "Cameras and call bells working", "safety and security"),
    Check("clothing", "Stocks of clothing and blankets", "welfare"),
    Check("hygiene", "Stocks of soap, towels and hygiene packs", "washing and hygiene"),
    Check("religion", "Religious items kept with care", "welfare"),
    Check("kitchen", "Kitchen clean", "conditions"),
    Check("medical_room", "Medical room clean and locked", "conditions"),
)
RECORD_CHECKS = (
    Check("rights", "Rights and entitlements given, and the time written down", "rights and information"),
    Check("grounds", "Grounds for detention written down", "rights and information"),
    Check("someone_told", "Somebody told of the detention, if wished", "rights and information"),
    Check("solicitor", "Solicitor offered, and the answer written down", "rights and information"),
    Check("risk", "Risk assessed on arrival, with what follows from it", "medical"),
    Check("observations", "Observed as often as the level set asks for", "medical"),
    Check("medical", "Health professional seen in good time, if needed", "medical"),
    Check("adult", "Appropriate adult called in good time, if needed", "mental health and vulnerability"),
    Check("meals", "Meals and drinks offered and written down", "food and drink"),
    Check("washing", "Washing and exercise offered", "washing and hygiene"),
    Check("female", "Woman or girl: female officer named, hygiene needs asked about", "welfare"),
    Check("reviews", "Reviews of detention on time", "rights and information"),
    Check("release", "Risks at release looked at, and a way home", "welfare"),
)
DOG_CHECKS = (
    Check("condition", "In good condition, at ease with their handlers", "welfare"),
    Check("kennels", "Kennels clean, dry and in good repair", "conditions"),
    Check("bedding", "Bedding dry, and warm enough", "conditions"),
    Check("water", "Fresh water within reach", "food and drink"),
    Check("food", "Food in date and stored well", "food and drink"),
    Check("exercise", "Exercised as often as they should be", "welfare"),
    Check("vehicles", "Vehicles aired, clean and with water", "conditions"),
    Check("vet", "Seen by a vet when due, and written down", "medical"),
    Check("equipment", "Leads, collars and muzzles fit and whole", "welfare"),
)


def titles(checks: Iterable[Check]) -> dict[str, str]:
    return {check.key: check.title for check in checks}
