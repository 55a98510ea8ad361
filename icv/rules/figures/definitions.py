"""What each figure counts, in words, once: pages and papers print these under their tables."""

from icv.rules.scheme import Choices
from icv.rules.visits import Outcome


def definitions(choices: Choices) -> dict[str, str]:
    """By the figure's published name after its part's: `visits.scheduled`. Says the scheme's own choices."""
    outcomes = " or ".join(outcome.words for outcome in Outcome if outcome in choices.completed_outcomes)
    return _DEFINITIONS | {
        "visits.completed": f"Scheduled visits of the period that are due, with the outcome {outcomes}.",
        "suites.timeslots_defined": (
            f"The timeslots of a week: seven days of {len(choices.bands)} bands"
            f" ({', '.join(choices.grid.band_names)}). A night belongs to the day it begins on."
        ),
    }


_DEFINITIONS = {
    "visits.scheduled": (
        "Visits on a published rota, filled or not, whose week ended in the period and before the day of"
        " counting, less those cancelled before their week began for a recorded reason. Visits to terrorism"
        " detainees are not among these or any other figure here."
    ),
    "visits.completion_percent": (
        "Completed as a share of scheduled. 100% only when every scheduled visit was completed."
    ),
    "visits.attempted": (
        "Visits at which somebody turned up, scheduled or extra, by the day of arrival; where the time is not"
        " known, by the last day of the week."
    ),
    "visits.undertaken": "Of the attempted: visits completed.",
    "visits.abandoned": "Of the attempted: visits broken off.",
    "visits.no_access": "Of the attempted: visits at which the visitors were not let in.",
    "visits.suite_closed": "Of the attempted: visits that found the suite closed.",
    "visits.extra": "Of the attempted: visits that were not on a published rota.",
    "visits.missed": "Scheduled visits, due, that did not happen.",
    "visits.overdue_report": "Scheduled visits, due, of which nothing has been recorded.",
    "visits.cancelled": (
        "Visits taken out of the scheduled ones: cancelled, with a reason, before their week began."
    ),
    "visits.cancelled_late": (
        "Scheduled visits, due, that were cancelled once their week had begun: they count as scheduled and"
        " not as completed."
    ),
    "visits.not_yet_due": "Visits of the period on a published rota whose week has not yet ended.",
    "visits.by_mode": "The attempted visits in person, by telephone and by video.",
    "suites.timeslots_covered": (
        "Timeslots in which at least one visit undertaken in the period arrived, by London time. A visit"
        " whose time of arrival is not known covers none."
    ),
    "suites.timeslot_percent": "Timeslots covered as a share of those defined.",
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
}
