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
    "entry.waits": (
        "The attempted visits, each once: by the time from arrival to admission, each upper bound included."
        " Not known where either time is not on record, as when nobody was let in."
    ),
    "detained.not_seen": (
        "People in custody on arrival who accepted no visit; where reports name more people who were not"
        " seen, as many as they name."
    ),
    "detained.reasons": (
        "The reason that a report gives, person by person. Not on record: the rest of those not seen, as"
        " reports need not name everybody."
    ),
    "detained.groups": (
        "Counted at visits whose report splits all people in custody by age, or by sex. Not on record: people"
        " in custody at the other visits."
    ),
    "detained.first": (
        "People whom reports name one by one as a child or as vulnerable: visitors are to see them before"
        " others. A child who is vulnerable counts as a child."
    ),
}
