"""What the figures of findings and of replies count."""

FINDINGS = {
    "findings.raised": "Findings raised in the period, each in the state it is in now.",
    "findings.serious": "Of the findings raised: those marked serious.",
    "findings.resolved_at_visit": "Of the findings raised: those put right during the visit.",
    "findings.resolved_at_visit_percent": "Findings put right during the visit as a share of those raised.",
    "findings.awaiting_reply": (
        "Of the findings raised: those waiting for a reply from the police, reopened ones too."
    ),
    "findings.overdue": (
        "Of the findings raised: those whose reply was due before the period's last day (or the day of"
        " counting, if sooner) and that were neither replied to nor closed by then. A reopened one counts as"
        " neither; one put right on the spot is never overdue."
    ),
    "findings.by_category": "The findings raised, by category.",
}
