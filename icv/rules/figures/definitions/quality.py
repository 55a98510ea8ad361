"""What the evidence of the quality binder counts, where no figure of the panel's says it."""

QUALITY = {
    "quality.spread": (
        "Over the suites that were visited or had a visit scheduled: timeslots covered, as a share of those"
        " defined. It is enough only where each of these suites was also visited at least once on a Saturday"
        " or Sunday, and at least once at night where the scheme’s bands tell night from day."
    ),
    "quality.training": (
        "Visitors in office on the period’s last day, or on the day of counting if sooner; and those of them"
        " with initial training, and with every course that is asked of them in date that day."
    ),
    "quality.reviews": (
        "Probations and terms that ended in the period and by the day of counting, of people who stayed on;"
        " and those with a review of the probation, or a reappraisal in the term, held by that end. A review"
        " that left the decision for later does not count."
    ),
    "quality.papers": "Panel papers frozen in the period. Restatements of a paper are not counted.",
    "quality.met": (
        "Criteria of the scheme’s own list that are met: by their evidence over the period, or in the"
        " coordinator’s own word, which is then said. What nobody has judged yet is not met."
    ),
    "quality.reached": (
        "Whether all criteria listed for the level are met, and all of those for every level below it. A"
        " level for which none is listed is not."
    ),
}
