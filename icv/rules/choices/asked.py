"""What is asked of a scheme: every choice, in the groups and the order of the settings page."""

from icv.rules.choices.after import FIGURES, FINDINGS, THE_SCHEME
from icv.rules.choices.form import Asked
from icv.rules.choices.people import BEFORE_A_VISIT, RECRUITMENT
from icv.rules.choices.visits import OTHER_STRANDS, ROTAS, VISITS_AND_REPORTS

GROUPS: tuple[tuple[str, dict[str, Asked]], ...] = (
    ("The scheme", THE_SCHEME),
    ("Recruitment", RECRUITMENT),
    ("Before a visit", BEFORE_A_VISIT),
    ("Rotas", ROTAS),
    ("Visits and reports", VISITS_AND_REPORTS),
    ("Other strands", OTHER_STRANDS),
    ("Findings", FINDINGS),
    ("Figures", FIGURES),
)
ASKED: dict[str, Asked] = {name: asked for _, group in GROUPS for name, asked in group.items()}
"""Every choice, by its name in `Choices`."""
