"""What figures are called, beside what each counts."""

from icv.rules.figures import definitions
from icv.rules.scheme import Choices

_SUBJECTS = {
    "visits": "Visits",
    "detainees": "Detainees",
    "findings": "Findings",
    "volunteers": "Volunteers",
}
_NAMES = {
    "visits.completion_percent": "Share of scheduled visits completed",
    "visits.no_access": "Visits without access",
    "visits.suite_closed": "Visits that found the suite closed",
    "visits.extra": "Extra visits",
    "visits.overdue_report": "Visits with no report yet",
    "visits.cancelled_late": "Visits cancelled late",
    "visits.by_mode": "Visits by mode",
    "visits.untimed": "Visits at times not known",
    "strands.terrorism": "Visits to terrorism detainees",
    "strands.record_review": "Record reviews",
    "strands.dog_welfare": "Dog-welfare visits",
    "suites.timeslots_defined": "Timeslots of a week",
    "suites.timeslots_covered": "Timeslots covered",
    "suites.timeslot_percent": "Share of timeslots covered",
    "detainees.in_custody": "People in custody",
    "detainees.observed_only": "Detainees observed only",
    "detainees.unreconciled": "Detainees not accounted for",
    "detainees.offered_percent_of_in_custody": "Share of those in custody offered a visit",
    "detainees.accepted_percent_of_offered": "Share of offers accepted",
    "entry.visits_with_wait_over_10_minutes": "Visits with a wait over 10 minutes",
    "entry.median_wait_minutes": "Median wait in minutes",
    "entry.waits": "Waits at the door",
    "detained.not_seen": "People not seen",
    "detained.reasons": "Why they were not seen",
    "detained.groups": "Ages and sexes",
    "detained.first": "Children and vulnerable adults",
    "findings.serious": "Serious findings",
    "findings.resolved_at_visit": "Findings put right at the visit",
    "findings.resolved_at_visit_percent": "Share of findings put right at the visit",
    "findings.overdue": "Findings without a reply in time",
    "findings.by_category": "Findings by category",
    "findings.places": "Where findings are",
    "findings.open": "Open findings",
    "findings.themes": "Themes",
    "replies.escalated": "Replies taken higher",
    "replies.median_days": "Median days to reply",
    "replies.closed": "Findings closed",
    "diversity.visitors": "Visitors by answer",
    "diversity.county": "The county",
    "quality.spread": "Spread over the week",
    "quality.training": "Training in date",
    "quality.reviews": "Reviews held",
    "quality.papers": "Papers",
    "quality.met": "Criteria met",
    "quality.reached": "All met",
    "volunteers.opening": "Visitors at the beginning",
    "volunteers.joined": "Visitors who joined",
    "volunteers.left": "Visitors who left",
    "volunteers.closing": "Visitors at the end",
    "volunteers.by_team": "Visitors by team",
    "volunteers.applications": "Applications",
    "volunteers.projected": "Projected cohort",
    "volunteers.reasons": "Reasons for leaving",
    "volunteers.visits": "Visits of each visitor",
    "recruitment.reached": "Came to a stage",
    "recruitment.lost": "Lost at a stage",
    "recruitment.median_days": "Median days at a stage",
}


def figure_name(key: str) -> str:
    """Visits scheduled, for visits.scheduled"""
    if key in _NAMES:
        return _NAMES[key]
    subject, _, figure = key.partition(".")
    words = figure.replace("_percent", "_share").replace("_", " ")
    return f"{_SUBJECTS.get(subject, subject.capitalize())} {words}".strip()


def named_definitions(choices: Choices) -> dict[str, tuple[str, str]]:
    """Of every figure, by its key, its name and what it counts."""
    return {key: (figure_name(key), words) for key, words in definitions(choices).items()}
