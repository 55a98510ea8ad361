"""Choices about rotas, visits and reports."""

from icv.rules.choices.form import Asked, Form, number

CHECKS_HINT = (
    "Empty a line to ask it no more, or write a new one below the last. Yes has to mean that all is well. A"
    " visit is reported on the form in force when its week begins, and a report that was sent keeps its own"
)

ROTAS: dict[str, Asked] = {
    "bands": Asked(
        "Timeslots of a day",
        Form.BANDS,
        "When each band begins, in order; the last runs past midnight until the first. Availability that was"
        " given on other bands has to be given again",
    ),
    "visits_a_week": number("Most visits a visitor makes a week", "visit", 1, 7),
    "gap_weeks": number("Weeks free between two visits of one visitor", "week", 0, 26),
    "most_visits_a_month": Asked(
        "Most visits a visitor makes a month",
        Form.NUMBER_OR_NONE,
        "Leave empty for no limit but their own",
        "visit",
        "",
        1,
        31,
    ),
    "probationers_in_pair": number(
        "Most visitors on probation in a pair", "visitor", 0, 1, "Two on probation never visit together"
    ),
    "partner_contact_days": number(
        "Partners see each other’s telephone number from", "day", 0, 90, "Before their week, to its end"
    ),
    "cover_closes_days": number(
        "Cover and swaps are asked for up to", "day", 0, 60, "Before the week of the visit begins"
    ),
    "cover_ends_days": number(
        "A request that nobody took ends", "day", 0, 60, "Before the week begins. Then the office looks"
    ),
    "draw_minutes": number("Drawing a rota takes at most", "minute", 1, 60, "The best so far is kept"),
    "feed_shows_suite": Asked(
        "Calendar feeds name the suite",
        Form.YES_NO,
        "Otherwise an entry says “ICV duty” and no more, whoever else sees the calendar",
    ),
}

VISITS_AND_REPORTS: dict[str, Asked] = {
    "report_due_days": number("A report is due within", "day", 0, 60, "After the end of the visit’s week"),
    "long_wait_minutes": number("A wait at the door is long after", "minute", 0, 240),
    "delay_rank": Asked(
        "Lowest rank that may delay entry",
        Form.TEXT,
        "A delay on a lower rank’s word is flagged in the report",
    ),
    "contact_checks": Asked("What is checked with each person", Form.CHECKS, CHECKS_HINT),
    "suite_checks": Asked("What is looked at in the suite", Form.CHECKS, CHECKS_HINT),
    "custody_number_pattern": Asked(
        "How a custody number looks",
        Form.TEXT_OR_NONE,
        "A for a letter and 0 for a figure: AA/00000/00. Empty: anything with a figure in it",
    ),
    "custody_numbers_kept_days": number(
        "Custody numbers are kept for",
        "day",
        1,
        3650,
        "After the visit. Then they are removed from reports; what was seen and the counts stay",
    ),
}

OTHER_STRANDS: dict[str, Asked] = {
    "record_checks": Asked("What is looked for in a custody record", Form.CHECKS, CHECKS_HINT),
    "records_by_custody_number": Asked(
        "Record reviews name records by custody number",
        Form.YES_NO,
        "Otherwise by their number in the sample, as suits records that come redacted",
    ),
    "dog_checks": Asked("What is looked at on a dog-welfare visit", Form.CHECKS, CHECKS_HINT),
}
