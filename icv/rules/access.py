"""Which kind of act each role may do. Which things are theirs is the business of the queries in `store`."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    COORDINATOR = "coordinator"
    VOLUNTEER = "volunteer"
    PANEL = "panel"
    POLICE = "police"


class Action(StrEnum):
    """What a page is for. A view that names none is closed to everyone."""

    SEE_OWN_HOME = "see own home"
    END_OWN_SIGN_INS = "end own sign-ins"
    SEE_TODAY = "see what needs attention"
    SEE_PEOPLE = "see people"
    ADD_PERSON = "add a person"
    CHANGE_PERSON = "change a person's record"
    MOVE_STAGE = "move a person's stage"
    INVITE = "invite to an account"
    RUN_ROUNDS = "run recruitment rounds"
    SEE_REFERENCES = "see references and interview notes"
    KEEP_REFERENCES = "ask for references and keep interview notes"
    EXTEND_VETTING = "extend vettings by a decision"
    RUN_TRAINING = "keep courses and run training sessions"
    APPRAISE = "review, confirm and renew appointments"
    SETTLE_DECLARATION = "settle what a visitor declared"
    IMPORT_PEOPLE = "bring people in from a spreadsheet"
    DRAW_ROTA = "draw a rota"
    CHANGE_ROTA = "change a rota"
    PUBLISH_ROTA = "publish a rota"
    ASK_AVAILABILITY = "call for availability"
    SEE_MONITOR = "see how predictable visits are"
    ACT_FOR_VISITOR = "answer a duty, or ask for cover, for a visitor"
    OPEN_SEALED_TIME = "open a sealed time in an emergency"
    SEE_VISITS = "see visits and reports"
    RECORD_VISIT = "record what became of a visit"
    SEE_FINDINGS = "see findings"
    SETTLE_FINDING = "raise a finding, put it to the police, note, sort, close or reopen it"
    PUBLISH_FINDING = "publish a finding beside its reply"
    CHANGE_SETTINGS = "change the scheme's settings"
    SEE_LETTERS = "see letters and send one again"
    SEE_OWN_DUTIES = "see own duties"
    ANSWER_DUTY = "accept or decline a duty"
    ASK_COVER = "ask for cover or a swap, and answer one"
    AGREE_TIME = "agree the time of a visit"
    GIVE_AVAILABILITY = "give availability"
    KEEP_FEEDS = "keep calendar feeds"
    FILE_REPORT = "file a visit report"
    SEE_RAISED = "see what came of findings of own visits"
    COUNTERSIGN = "countersign or add to a report of one's own visit"
    SEE_OWN_RECORD = "see own record"
    CHANGE_OWN_CONTACT = "change own telephone number and e-mail address"
    DECLARE_OWN = "declare a change in own circumstances, sign own agreement"
    SEE_FIGURES = "see figures"
    WRITE_PAPER = "draft, freeze and restate panel papers"
    SEE_PAPERS = "see frozen panel papers"
    KEEP_BINDER = "keep the quality binder"
    COMPARE_SCHEMES = "read another scheme's figures file"
    KEEP_DIVERSITY = "enter counts of visitors' diversity, and the county's"
    SEE_FINDINGS_PUT = "see findings put to the police"
    REPLY_TO_FINDING = "reply to a finding"


_EVERYONE = frozenset(Role)
_COORDINATOR = frozenset({Role.COORDINATOR})
_VOLUNTEER = frozenset({Role.VOLUNTEER})
_POLICE = frozenset({Role.POLICE})

RULES: dict[Action, frozenset[Role]] = {
    Action.SEE_OWN_HOME: _EVERYONE,
    Action.END_OWN_SIGN_INS: _EVERYONE,
    Action.SEE_TODAY: _COORDINATOR,
    Action.SEE_PEOPLE: _COORDINATOR,
    Action.ADD_PERSON: _COORDINATOR,
    Action.CHANGE_PERSON: _COORDINATOR,
    Action.MOVE_STAGE: _COORDINATOR,
    Action.INVITE: _COORDINATOR,
    Action.RUN_ROUNDS: _COORDINATOR,
    Action.SEE_REFERENCES: _COORDINATOR,
    Action.KEEP_REFERENCES: _COORDINATOR,
    Action.EXTEND_VETTING: _COORDINATOR,
    Action.RUN_TRAINING: _COORDINATOR,
    Action.APPRAISE: _COORDINATOR,
    Action.SETTLE_DECLARATION: _COORDINATOR,
    Action.IMPORT_PEOPLE: _COORDINATOR,
    Action.DRAW_ROTA: _COORDINATOR,
    Action.CHANGE_ROTA: _COORDINATOR,
    Action.PUBLISH_ROTA: _COORDINATOR,
    Action.ASK_AVAILABILITY: _COORDINATOR,
    Action.SEE_MONITOR: _COORDINATOR,
    Action.ACT_FOR_VISITOR: _COORDINATOR,
    Action.OPEN_SEALED_TIME: _COORDINATOR,
    Action.SEE_VISITS: _COORDINATOR,
    Action.RECORD_VISIT: _COORDINATOR,
    Action.SEE_FINDINGS: _COORDINATOR,
    Action.SETTLE_FINDING: _COORDINATOR,
    Action.PUBLISH_FINDING: _COORDINATOR,
    Action.CHANGE_SETTINGS: _COORDINATOR,
    Action.SEE_LETTERS: _COORDINATOR,
    Action.SEE_OWN_DUTIES: _VOLUNTEER,
    Action.ANSWER_DUTY: _VOLUNTEER,
    Action.ASK_COVER: _VOLUNTEER,
    Action.AGREE_TIME: _VOLUNTEER,
    Action.GIVE_AVAILABILITY: _VOLUNTEER,
    Action.KEEP_FEEDS: _VOLUNTEER,
    Action.FILE_REPORT: _VOLUNTEER,
    Action.SEE_RAISED: _VOLUNTEER,
    Action.COUNTERSIGN: _VOLUNTEER,
    Action.SEE_OWN_RECORD: _VOLUNTEER,
    Action.CHANGE_OWN_CONTACT: _VOLUNTEER,
    Action.DECLARE_OWN: _VOLUNTEER,
    Action.SEE_FIGURES: frozenset({Role.COORDINATOR, Role.PANEL}),
    Action.WRITE_PAPER: _COORDINATOR,
    Action.SEE_PAPERS: frozenset({Role.COORDINATOR, Role.PANEL}),
    Action.KEEP_BINDER: _COORDINATOR,
    Action.COMPARE_SCHEMES: _COORDINATOR,
    Action.KEEP_DIVERSITY: _COORDINATOR,
    Action.SEE_FINDINGS_PUT: _POLICE,
    Action.REPLY_TO_FINDING: _POLICE,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `person_id` is the record of a person in the scheme, None for those who have none.

    Roles are those in force now: a visitor who has left no longer acts as a volunteer.
    """

    account_id: int
    person_id: int | None
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)

    def may(self, action: Action) -> bool:
        return not self.roles.isdisjoint(RULES[action])
