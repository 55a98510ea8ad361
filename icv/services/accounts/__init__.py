"""Accounts: invitations, one-time links, passwords, sign-ins and the throttle on guessing."""

from icv.services.accounts.digests import digest
from icv.services.accounts.errors import AccountError
from icv.services.accounts.inviting import invite
from icv.services.accounts.links import LINK_LASTS, make_link, use_link
from icv.services.accounts.passwords import HASHER, hashed, password_faults, password_fits, set_password
from icv.services.accounts.setting_up import set_up
from icv.services.accounts.sign_ins import end_sign_in, sign_in, sign_out
from icv.services.accounts.trying import (
    MOST_TRIES_AN_ACCOUNT,
    MOST_TRIES_AN_ADDRESS,
    THROTTLE_WINDOW,
    begin_try,
    forget_try,
)

__all__ = [
    "HASHER",
    "LINK_LASTS",
    "MOST_TRIES_AN_ACCOUNT",
    "MOST_TRIES_AN_ADDRESS",
    "THROTTLE_WINDOW",
    "AccountError",
    "begin_try",
    "digest",
    "end_sign_in",
    "forget_try",
    "hashed",
    "invite",
    "make_link",
    "password_faults",
    "password_fits",
    "set_password",
    "set_up",
    "sign_in",
    "sign_out",
    "use_link",
]
