"""The plain sentences of the glossary for what is fixed: classes of outcomes, statuses, finality, roles."""

from cases.choices import OfficialRole, PartyRole
from cases.law.vocabulary import CaseStatus, ChargeClass, Finality

CLASSES: dict[ChargeClass, tuple[str, str]] = {
    ChargeClass.PRE_CHARGE: (
        "Before a charge",
        "Investigators or prosecutors are looking into something. Nobody has been charged.",
    ),
    ChargeClass.PENDING: (
        "Pending",
        "A charge has been brought and is not decided. It is an accusation, not a finding of guilt.",
    ),
    ChargeClass.CONVICTION: (
        "Conviction",
        "A court found the defendant guilty, or accepted a plea that the law treats as a finding of guilt.",
    ),
    ChargeClass.PROVISIONAL: (
        "Provisional",
        "Something was found or admitted, and no conviction has been entered; it may still be avoided.",
    ),
    ChargeClass.NON_CONVICTION: (
        "Ended without conviction",
        "The charge is over and the defendant was not convicted of it.",
    ),
    ChargeClass.REPLACED: (
        "Replaced",
        "Another charge took this one’s place. It was neither proved nor dismissed, and is not counted.",
    ),
    ChargeClass.RESOLVED: (
        "Resolved claim",
        "A claim in a civil suit has ended. Civil claims say nothing about guilt of a crime.",
    ),
    ChargeClass.UNKNOWN: (
        "Not known",
        "The sources do not establish what became of it. The record does not guess.",
    ),
}

STATUSES: dict[CaseStatus, str] = {
    CaseStatus.OPEN_ACTIVE: "The court has the case and at least one charge or claim is undecided.",
    CaseStatus.OPEN_INACTIVE: "The case is undecided and stands still, for example during a stay or a diversion.",
    CaseStatus.REOPENED: "The case had been decided and is before the court again.",
    CaseStatus.DISPOSED: (
        "This court has decided every charge or claim. That does not yet say whether the result is final."
    ),
    CaseStatus.CLOSED_ADMINISTRATIVELY: "The court closed its file without deciding the case.",
    CaseStatus.TRANSFERRED_OUT: "The case went on to another court.",
    CaseStatus.CONSOLIDATED: "The case was joined to another and goes on there.",
    CaseStatus.SEALED: "The law or a court order closes the record to the public.",
    CaseStatus.UNKNOWN: "The sources do not establish where the case stands.",
}

FINALITIES: dict[Finality, str] = {
    Finality.NOT_DISPOSED: "There is no result yet that could be final.",
    Finality.APPEALABLE: "There is a result, and the time to appeal against it has not run out. Dates are estimates.",
    Finality.POST_JUDGMENT_MOTION_PENDING: "The court that decided has been asked to reconsider or to try again.",
    Finality.CONTESTED: (
        "A motion against the result was denied, and the record does not settle whether time to appeal remains."
    ),
    Finality.UNDER_APPEAL: "A higher court has been asked to change the result. Until it does, the result stands.",
    Finality.UNDER_FURTHER_REVIEW: "A further court has been asked to review the decision on appeal.",
    Finality.FINAL: "No ordinary way is left to change the result.",
    Finality.FINAL_BY_WITHDRAWAL: "Those who had appealed took their appeal back, and the result became final.",
    Finality.UNKNOWN: "The sources do not establish whether the result can still change.",
}

ROLES: dict[PartyRole | OfficialRole, str] = {
    PartyRole.PLAINTIFF: "Somebody who sues in a civil case.",
    PartyRole.PROSECUTING_PARTY: "The state, or another public body, in whose name the case is brought.",
    PartyRole.PETITIONER: "Somebody who asks the court for something by a petition.",
    PartyRole.RESPONDENT: "Somebody against whom a petition or an appeal is brought.",
    PartyRole.APPELLANT: "Who appeals: asks a higher court to change a result.",
    PartyRole.APPELLEE: "The other side of an appeal, who did not bring it.",
    PartyRole.INTERVENOR: "Somebody who was not sued, and whom the court let join the case.",
    PartyRole.THIRD_PARTY_DEFENDANT: "Somebody whom a person who is sued brings into the civil case, too.",
    PartyRole.AMICUS: "Somebody who is no party and tells the court what may help it to decide.",
    PartyRole.WITNESS: "Somebody who tells the court what they know. A witness is accused of nothing.",
    PartyRole.VICTIM: "Somebody who is said to have been harmed by what the case is about.",
    PartyRole.DECEDENT: "Somebody who has died, and whose death, or what they left, the case is about.",
    PartyRole.GUARDIAN: "Somebody who acts in court for a person who can not.",
    PartyRole.ADVOCATE: "An organisation that speaks for a cause the case bears on.",
    OfficialRole.JUDGE: "Who presides over the case and rules on it.",
    OfficialRole.MAGISTRATE: "A judicial officer for first steps and lesser matters.",
    OfficialRole.PANEL_JUDGE: "One of several judges who decide together, as courts of appeal do.",
    OfficialRole.PROSECUTOR: "Who brings and argues a charge for the state.",
    OfficialRole.SPECIAL_PROSECUTOR: "A prosecutor appointed for one matter, from outside the usual office.",
    OfficialRole.DEFENCE_COUNSEL: "A lawyer who defends somebody. That says nothing about the lawyer.",
    OfficialRole.PUBLIC_DEFENDER: "A defence lawyer whom the state pays.",
    OfficialRole.PLAINTIFF_COUNSEL: "A lawyer for somebody who sues.",
    OfficialRole.SELF_REPRESENTED: "Somebody who goes to court without a lawyer.",
}
