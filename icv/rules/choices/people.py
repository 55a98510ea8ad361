"""Choices about people: how they come, and what a visit asks of them."""

from icv.rules.choices.form import Asked, Form, number

RECRUITMENT: dict[str, Asked] = {
    "barred_roles": Asked(
        "Who may not be a visitor", Form.LIST_OR_NONE, "One a line, as an applicant reads it: I am not …"
    ),
    "application_notice": Asked(
        "Privacy notice of the application", Form.LONG_TEXT, "Read before anything is asked"
    ),
    "acknowledgement": Asked(
        "Acknowledgement of an application", Form.LONG_TEXT, "The letter that answers at once, after the name"
    ),
    "before_shortlist": Asked("Required before the shortlist", Form.REQUIREMENTS),
    "before_interviewed": Asked("Required before somebody counts as interviewed", Form.REQUIREMENTS),
    "before_vetting": Asked("Required before vetting", Form.REQUIREMENTS),
    "before_training": Asked("Required before training", Form.REQUIREMENTS),
    "before_appointment": Asked("Required before an appointment", Form.REQUIREMENTS),
    "before_confirmation": Asked("Required before a probation ends well", Form.REQUIREMENTS),
    "references_wanted": number("References wanted of each applicant", "reference", 0, 5),
    "reference_days": number(
        "A referee has to answer within",
        "day",
        1,
        180,
        "After that the reference has failed",
    ),
    "reference_chase_days": number("A referee is reminded once, after", "day", 1, 90),
    "stuck_days": number("Somebody is stuck after", "day", 1, 365, "In one stage before an appointment"),
}

BEFORE_A_VISIT: dict[str, Asked] = {
    "clearance_needs": Asked(
        "What a visitor must have before a visit",
        Form.NEEDS,
        "Besides being appointed. What is not ticked is warned of and does not keep anyone from visiting",
    ),
    "probation_months": number("Length of probation", "month", 0, 36),
    "probation_visits": number("Accompanied visits hoped for during probation", "visit", 0, 50),
    "term_years": number(
        "Length of a term", "year", 1, 20, "Terms may be renewed; no longest service is set anywhere"
    ),
    "agreement_version": Asked(
        "Memorandum of understanding in use",
        Form.TEXT_OR_NONE,
        "Its version, such as 3. Who has signed another is asked to sign this one. Empty: any version counts",
    ),
    "terrorism_vetting_levels": Asked(
        "Vetting that visits to terrorism detainees ask for",
        Form.LIST_OR_NONE,
        "Levels, one a line, such as SC. Empty: any level",
    ),
    "vetting_overdue_days": number("Vetting is late after", "day", 1, 365, "From the day it was asked for"),
    "expiry_warning_days": number(
        "What runs out is shown ahead by", "day", 1, 365, "Vetting, terms, cards and training"
    ),
}
