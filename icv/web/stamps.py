"""A person's stamp: by which a phone knows whose unsent work it holds, without a name or an id."""

import hashlib
import hmac

from flask import current_app

from icv.rules.access import Actor


def stamp_of(actor: Actor) -> str:
    """The same for one account for ever, and nothing to anybody without the scheme's secret key."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"person:{actor.account_id}".encode(), hashlib.sha256).hexdigest()[:32]
