"""Replies of the police: when one is due, when they are reminded of it, and when it is taken higher."""

from datetime import date, timedelta

from icv.rules.scheme import Choices


def reply_due_on(choices: Choices, on: date, *, is_serious: bool) -> date:
    """Of what is asked that day; `choices` are those in force then, whatever is chosen later."""
    return on + timedelta(days=choices.serious_reply_due_days if is_serious else choices.reply_due_days)


def reminded_when_asked(choices: Choices, asked_on: date, due_on: date) -> date | None:
    """The day asking itself counts as the reminder: there are fewer days to reply than to be reminded in."""
    return asked_on if due_on - timedelta(days=choices.reply_reminder_days) <= asked_on else None


def is_reminder_due(choices: Choices, day: date, due_on: date, reminded_on: date | None) -> bool:
    """At most twice while one reply is awaited: before the day it is due is over, and when it is late."""
    if day > due_on:
        return reminded_on is None or reminded_on <= due_on
    return reminded_on is None and day >= due_on - timedelta(days=choices.reply_reminder_days)


def is_escalation_due(choices: Choices, day: date, due_on: date, escalated_on: date | None) -> bool:
    """Once while one reply is awaited."""
    return escalated_on is None and day >= due_on + timedelta(days=choices.escalation_days)
