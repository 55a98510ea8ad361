"""Stamps: two are the same where what they were made of is, and no other way is short."""

from hashlib import sha256


def stamp(*values: object) -> str:
    """Changes with any of the values: what somebody looked at."""
    return sha256(repr([str(value) for value in values]).encode()).hexdigest()[:16]
