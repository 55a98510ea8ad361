"""What the figures of detainees and of waits at the door count."""

DETAINEES = {
    "detainees.in_custody": "People in custody when the visitors arrived, over all attempted visits.",
    "detainees.offered": "People offered a visit: those who accepted and those who declined.",
    "detainees.accepted": "People who accepted a visit.",
    "detainees.declined": "People who declined a visit.",
    "detainees.not_offered": "People in custody who were not offered a visit.",
    "detainees.not_available": (
        "People who could not be offered a visit because they were occupied or out of the suite."
    ),
    "detainees.observed_only": "People observed without being spoken to.",
    "detainees.unreconciled": (
        "People in custody whom the records place in none of the categories; below zero where the records"
        " name too many."
    ),
    "detainees.offered_percent_of_in_custody": "People offered a visit as a share of those in custody.",
    "detainees.accepted_percent_of_offered": "People who accepted as a share of those offered a visit.",
    "entry.visits_with_wait_over_10_minutes": (
        "Attempted visits at which more than ten minutes passed between arrival and admission."
    ),
    "entry.median_wait_minutes": (
        "The middle wait between arrival and admission, over attempted visits with both times known."
    ),
}
