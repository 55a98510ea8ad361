"""Links by which officers without an account answer findings: sending them, opening them, answering."""

from icv.services.finding_links.answering import MOST_NAME, answer, leave
from icv.services.finding_links.errors import LinkError
from icv.services.finding_links.making import Officer, make_link, revoke_link
from icv.services.finding_links.opening import Entry, enter_code, send_code

__all__ = [
    "MOST_NAME",
    "Entry",
    "LinkError",
    "Officer",
    "answer",
    "enter_code",
    "leave",
    "make_link",
    "revoke_link",
    "send_code",
]
