"""How people are reached: what an e-mail address, a telephone number and a name look like."""

import re

PHONE = re.compile(r"[+]?[0-9][0-9 ()./-]{4,38}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[!#-+\--:=-?A-\[\]-~]+@[^@\s<>,;\[\]()\"\\:\x00-\x1f\x7f]+\.[^@\s<>,;.\[\]()\"\\:\x00-\x1f\x7f]+"
)
_NOT_IN_A_NAME = re.compile(r"[0-9/:@<>\\\u202a-\u202e\u2066-\u2069]|\.[^\W\d_]{2}|www", re.IGNORECASE)
LONGEST_ADDRESS = 254


def is_email(typed: str) -> bool:
    """Whether a letter can go there; what a mail server would refuse at once is refused here."""
    return len(typed) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(typed) is not None


def is_phone(typed: str) -> bool:
    return PHONE.fullmatch(typed) is not None


def is_plain_name(typed: str) -> bool:
    """Whether it can stand in a letter to an address nobody has confirmed, and in a list.

    Nothing in it leads anywhere or turns the words around it, and there is something to see.
    """
    return _NOT_IN_A_NAME.search(typed) is None and any(sign.isalpha() for sign in typed)
