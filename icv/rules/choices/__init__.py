"""The words, groups and bounds of a scheme’s choices: what the settings page says of each, and refuses."""

from icv.rules.choices.asked import ASKED, GROUPS
from icv.rules.choices.form import Asked, Form
from icv.rules.choices.judged import fault, in_words

__all__ = ["ASKED", "GROUPS", "Asked", "Form", "fault", "in_words"]
