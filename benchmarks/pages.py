"""The pages that are measured, as whom, and on which records."""

from dataclasses import dataclass, field

from icv.rules.access import Role


@dataclass(frozen=True, slots=True)
class Page:
    """`records` are the names of what the cast gives for parts of the address. `role` None: a stranger."""

    title: str
    role: Role | None
    endpoint: str
    records: dict[str, str] = field(default_factory=dict)


_C, _V = Role.COORDINATOR, Role.VOLUNTEER
_A_YEAR = {"from": "a_year_ago", "to": "last_month"}
_TEN_YEARS = {"from": "ten_years_ago", "to": "last_month"}

PAGES = (
    Page("Today", _C, "today.show"),
    Page("People", _C, "people.index"),
    Page("A person", _C, "people.show", {"person_id": "person"}),
    Page("Clearance of a person", _C, "cohort.person", {"person_id": "person"}),
    Page("Appointment of a person", _C, "people.appraisal", {"person_id": "person"}),
    Page("An applicant", _C, "people.show", {"person_id": "applicant"}),
    Page("Their references", _C, "references.show", {"person_id": "applicant"}),
    Page("Pipeline", _C, "recruitment.pipeline"),
    Page("Rounds", _C, "recruitment.index"),
    Page("A round", _C, "recruitment.show", {"round_id": "round"}),
    Page("Applications known", _C, "applications.index"),
    Page("Vetting", _C, "vetting.board"),
    Page("Training", _C, "training.index"),
    Page("Training due", _C, "training.due"),
    Page("A training day", _C, "training.show", {"session_id": "session"}),
    Page("Agreements and cards", _C, "training.papers_list"),
    Page("Who may visit", _C, "cohort.show"),
    Page("Activity", _C, "activity.show"),
    Page("Teams", _C, "membership.show"),
    Page("Rotas", _C, "rota.index"),
    Page("A published rota", _C, "rota.show", {"rota_id": "rota"}),
    Page("A draft", _C, "rota.show", {"rota_id": "draft"}),
    Page("Visits", _C, "visits.index"),
    Page("A visit and its report", _C, "visits.show", {"visit_id": "visit_reported"}),
    Page("Reports not countersigned", _C, "visits.unsigned"),
    Page("Disagreements", _C, "visits.disagreements"),
    Page("Findings", _C, "findings.index"),
    Page("Board of findings", _C, "findings.board"),
    Page("A finding", _C, "findings.show", {"finding_id": "finding"}),
    Page("Settings", _C, "settings.show"),
    Page("Accounts", _C, "access.index"),
    Page("Letters", _C, "letters.index"),
    Page("Figures, two months", Role.PANEL, "panel.show"),
    Page("Figures, a year", Role.PANEL, "panel.show", _A_YEAR),
    Page("Figures, ten years", Role.PANEL, "panel.show", _TEN_YEARS),
    Page("Quality binder", _C, "binder.index"),
    Page("Papers", _C, "papers.index"),
    Page("Published statistics", None, "statistics.show"),
    Page("My duties", _V, "duties.index"),
    Page("A duty", _V, "duties.show", {"duty_id": "duty"}),
    Page("My availability", _V, "availability.show"),
    Page("My record", _V, "record.show"),
    Page("What came of findings", _V, "raised.index"),
    Page("Calendar links", _V, "feeds.index"),
    Page("The report", _V, "reports.show", {"visit_id": "visit_to_report"}),
    Page("Findings put", Role.POLICE, "police.index"),
    Page("A finding put", Role.POLICE, "police.show", {"finding_id": "finding"}),
    Page("To apply", None, "applying.index"),
    Page("An application begun", None, "applying.begin", {"round_id": "round_now"}),
)
HOME, REPORT = "duties.index", "reports.show"
