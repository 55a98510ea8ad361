"""What the figures of visits count: the share, what was done, and timeslots."""

VISITS = {
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
    "visits.untimed": (
        "Of the undertaken: visits whose time of arrival is not known. They are in no timeslot, and no share"
        " of days or times is of them."
    ),
    "strands.terrorism": (
        "Visits to terrorism detainees at which somebody turned up, by the day of arrival. They are in no"
        " other figure of visits."
    ),
    "strands.record_review": (
        "Readings of a sample of custody records, by the day they were made, and the records read."
    ),
    "strands.dog_welfare": (
        "Visits to see how police dogs are kept, by the day they were made, and the dogs seen."
    ),
    "suites.timeslots_covered": (
        "Timeslots in which at least one visit undertaken in the period arrived, by London time. A visit"
        " whose time of arrival is not known covers none."
    ),
    "suites.timeslot_percent": "Timeslots covered as a share of those defined.",
}
