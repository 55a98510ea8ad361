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
    "findings.places": (
        "Put right at the visit: settled before the visitors left. Already in hand: the police had seen to it"
        " when it was raised. To decide: the scheme has not yet put it to the police. With the police:"
        " waiting for a reply, reopened ones too. Replied: answered, and not yet closed by the scheme."
        " Closed: the scheme is content with what was done."
    ),
    "findings.open": (
        "Findings raised up to the period's last day, in the period or before it, that are still to decide,"
        " with the police or replied to. Their age is that on the day of counting."
    ),
    "findings.themes": (
        "Findings raised in the period with this theme. One finding may have several themes, or none."
    ),
    "replies.due": (
        "Findings whose reply from the police was due in the period, whenever they were raised; a reopened"
        " one counts by its new day, as not replied to. One put right on the spot owes no reply."
    ),
    "replies.in_time": (
        "Replied to on the day the reply was due or before, as a share of the replies due, less those that"
        " may still come in time. Late: replied to after that day. Overdue: not replied to by the day of"
        " counting. Closed without a reply: the scheme closed it although none had come."
    ),
    "replies.median_days": (
        "The middle number of days to the reply from the day a finding was first put to the police, or was"
        " raised where that day is not on record."
    ),
    "replies.escalated": "Replies that were asked for at a higher rank because they were late.",
    "replies.closed": "Findings put to the police that the scheme closed in the period, whenever raised.",
}
