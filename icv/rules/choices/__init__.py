"""The words, groups and bounds of a scheme’s choices: what the settings page says of each, and refuses."""

from icv.rules.choices.asked import ASKED, GROUPS
from icv.rules.choices.form import Asked, Form
from icv.rules.choices.holding import held_in
from icv.rules.choices.judged import fault, in_words

__all__ = ["ASKED", "GROUPS", "Asked", "Form", "fault", "held_in", "in_words"]
