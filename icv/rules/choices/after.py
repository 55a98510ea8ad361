"""Choices about what follows visits: findings and figures; and the names a scheme goes by."""

from icv.rules.choices.form import Asked, Form, number

THE_SCHEME: dict[str, Asked] = {
    "scheme_name": Asked("Name of the scheme", Form.TEXT, "As visitors and the panel read it"),
    "office_name": Asked(
        "Name of the office", Form.TEXT, "The body that arranges the visits, as papers name it"
    ),
    "records_marking": Asked(
        "Marking of pages with personal records", Form.TEXT, "Shown at the top of each of them"
    ),
    "papers_marking": Asked("Marking of panel papers", Form.TEXT),
}

FINDINGS: dict[str, Asked] = {
    "finding_categories": Asked(
        "Categories of findings", Form.LIST, "One a line. Findings that have another keep it"
    ),
    "finding_themes": Asked(
        "Themes of findings", Form.LIST_OR_NONE, "One a line: what runs through several categories"
    ),
    "reply_due_days": number("The police are asked to reply within", "day", 1, 180),
    "serious_reply_due_days": number("To a serious finding within", "day", 1, 180),
    "reply_reminder_days": number(
        "The police are reminded of a reply", "day", 0, 60, "Before it is due; 0: on the day itself"
    ),
    "escalation_days": number(
        "A reply that is late is taken higher after", "day", 1, 180, "From the day it was due"
    ),
    "escalation_email": Asked(
        "Who hears of replies that stay late",
        Form.TEXT_OR_NONE,
        "An e-mail address, such as the superintendent’s. Empty: only the office is told",
    ),
    "finding_link_days": number(
        "A link to answer findings is good for", "day", 1, 90, "For officers without an account"
    ),
    "publishes_findings": Asked(
        "Findings beside their replies are published",
        Form.YES_NO,
        "On a page without sign-in: only those you choose, in words without detainee or visitor",
    ),
}

FIGURES: dict[str, Asked] = {
    "target_percent": Asked(
        "Share of scheduled visits the scheme aims at",
        Form.NUMBER_OR_NONE,
        "Drawn as a line where the share is drawn. Empty: no target",
        "per cent",
        "per cent",
        1,
        100,
    ),
    "publishes_statistics": Asked(
        "Statistics are published",
        Form.YES_NO,
        "On a page without sign-in, and in a file behind it: whole years, small counts hidden, nobody named",
    ),
    "accessibility_contact": Asked(
        "Who to ask where a public page cannot be read",
        Form.TEXT_OR_NONE,
        "An e-mail address or telephone number, for the accessibility statement",
    ),
    "completed_outcomes": Asked(
        "Which visits count as completed",
        Form.OUTCOMES,
        "The definition printed under the share of completed visits. Schemes differ in it",
    ),
    "expected_visits_a_year": number("Visits hoped for from each visitor a year", "visit", 0, 200),
    "least_visits_a_year": number("Visits a year below which somebody is asked why", "visit", 0, 200),
    "expected_night_visits_a_year": number(
        "Of them at night", "visit", 0, 200, "In the band that runs past midnight"
    ),
    "suppression_threshold": number(
        "Counts that could identify a person, up to",
        "person",
        0,
        50,
        "Counts from 1 up to this are hidden in anything published; 0 hides none",
        "people",
    ),
}
