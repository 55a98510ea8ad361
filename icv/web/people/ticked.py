"""Whom an address names: people ticked in a list, as ?person=1&person=2."""

import re

from flask import request

A_NUMBER = re.compile("[0-9]{1,9}")


def ids_ticked() -> set[int]:
    """What is no number is nobody's."""
    return {int(number) for number in request.values.getlist("person") if A_NUMBER.fullmatch(number)}
