"""Addresses that leave the service: links in letters and on paper, under the configured base."""

from typing import Any

from flask import current_app, url_for


def full_address(endpoint: str, **values: Any) -> str:
    """The full address of a page, under the configured base and not whatever host was asked."""
    return f"{current_app.config['ICV'].base_url}{url_for(endpoint, **values)}"


def page_address(path: str) -> str:
    """The same for a path, as services that write letters know their pages ("/duties/12")."""
    return f"{current_app.config['ICV'].base_url}{path}"


def address_of(token: str) -> str:
    """The full address of a one-time link."""
    return full_address("accounts.link", token=token)


def can_send_letters() -> bool:
    return current_app.config["ICV"].mail_url is not None
