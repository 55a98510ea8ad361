"""What the figures of visitors and of recruitment count."""

VOLUNTEERS = {
    "volunteers.opening": (
        "Members the day before the period began. A person is a member from appointment, probation included,"
        " to the day before leaving."
    ),
    "volunteers.joined": "People appointed in the period.",
    "volunteers.left": "Members who left in the period.",
    "volunteers.closing": "Members on the period's last day: opening, and joined, less left.",
    "volunteers.by_team": "The same for every team that has, had or will have a member.",
    "volunteers.applications": (
        "Applications up to the period's end in the recruitment round that began last by then."
    ),
    "volunteers.in_vetting": "People in vetting at the period's end.",
    "volunteers.in_training": "People in training, not yet appointed, at the period's end.",
    "volunteers.projected": "Members at the period's end if everybody in vetting and training is appointed.",
    "volunteers.reasons": (
        "The reason on record for leaving, as the scheme's office wrote it. Reasons that few people share"
        " stand together as another reason."
    ),
    "volunteers.visits": (
        "Custody visits attempted in the twelve months up to the period's last day with the visitor in the"
        " pair; also of visitors who were in office for a part of them only."
    ),
    "recruitment.reached": (
        "Applicants of the round who came to this stage by the period's last day. Whoever came to a later one"
        " has been at this one."
    ),
    "recruitment.lost": "Turned down, withdrawn, or after an appointment left, while at this stage.",
    "recruitment.median_days": (
        "The middle number of days from coming to this stage to leaving it, of those of whom both are known."
    ),
}
