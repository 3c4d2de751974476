"""What each short form can enter, in which words it is offered, and the neutral headline that each kind gets."""

from dataclasses import dataclass

from cases.law.vocabulary import CHARGING_KINDS, KINDS, Category
from desk.ruling.kinds import RULINGS

WHO = "{who}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be entered. ``headline`` may hold a place for whoever did it; ``bare`` needs nobody."""

    category: Category
    kind: str
    label: str
    headline: str
    bare: str = ""
    motion: str = ""
    instrument: str = ""

    @property
    def slug(self) -> str:
        """What the form sends."""
        return ":".join(filter(None, (self.kind, self.motion, self.instrument)))

    def words(self, who: str = "") -> str:
        """Return a headline that says no more than the kind does, and who did it."""
        named = self.headline.replace(WHO, who) if who else self.bare or self.headline
        return named[:200]


@dataclass(frozen=True, slots=True)
class Short:
    """One short form: its place in the address, what it is called, and the kinds it takes.

    ``follows``: its charges take the place of earlier ones. ``asks_whom``: where there are several defendants, it asks
    whom it concerns. ``is_told``: its text and its source's words are asked for at once, and not behind "more".
    """

    slug: str
    label: str
    groups: tuple[tuple[str, tuple[Kind, ...]], ...]
    who: str
    brings_charges: bool = False
    may_be_scheduled: bool = False
    in_matter: bool = True
    follows: bool = False
    asks_whom: bool = False
    is_told: bool = False

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kinds by what the form sends."""
        return {kind.slug: kind for _, kinds in self.groups for kind in kinds}


def _of(category: Category, rows: dict[str, tuple[str, str]]) -> tuple[Kind, ...]:
    return tuple(Kind(category, kind, label, headline) for kind, (label, headline) in rows.items())


def _on_motions(category: Category, kind: str, words: str) -> tuple[Kind, ...]:
    """Return a kind for each motion: "Response to motion to dismiss"."""
    found = []
    for motion, label in RULINGS.items():
        named = "Motion" if motion == "other" else label
        told = words.format(named if words.startswith("{") else named[0].lower() + named[1:])
        found.append(Kind(category, kind, told.removesuffix(" filed"), told, motion=motion))
    return tuple(found)


_INCIDENT = {
    "offence_alleged": ("What is alleged to have happened", "Alleged offence"),
    "arrest": ("Arrest", "Arrest"),
    "surrender": ("Surrender to the authorities", "Surrender to the authorities"),
    "search": ("Search", "Search"),
    "report_published": ("Report published", "Report published"),
}
_CHARGES = {
    "charges_filed": ("Charges filed (the document is not known)", "Charges filed"),
    "complaint": ("Complaint", "Complaint filed"),
    "information": ("Information", "Information filed"),
    "indictment": ("Indictment", "Indictment filed"),
    "amended_charge": ("Charges amended or added", "Charges amended"),
    "notice_of_removal": ("Notice of removal to another court", "Notice of removal filed"),
}
_NEW_CHARGES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "It replaces the charges",
        (
            Kind(Category.FILING, "indictment", "Superseding indictment", "Superseding indictment filed",
                 instrument="superseding_indictment"),
            Kind(Category.FILING, "information", "Superseding information", "Superseding information filed",
                 instrument="information"),
        ),
    ),
    (
        "It amends them, or adds charges",
        (
            Kind(Category.FILING, "amended_charge", "Amended information", "Amended information filed",
                 instrument="amended_information"),
            Kind(Category.FILING, "amended_charge", "Amended complaint", "Amended complaint filed",
                 instrument="complaint"),
            Kind(Category.FILING, "amended_charge", "Charges amended or added (the document is not known)",
                 "Charges amended"),
        ),
    ),
    (
        "Brought again, or in another court",
        (
            Kind(Category.FILING, "complaint", "Complaint", "Complaint filed"),
            Kind(Category.FILING, "information", "Information", "Information filed"),
            Kind(Category.FILING, "indictment", "Indictment", "Indictment filed"),
            Kind(Category.FILING, "charges_filed", "Charges filed (the document is not known)", "Charges filed"),
            Kind(Category.FILING, "notice_of_removal", "Notice of removal from another court",
                 "Notice of removal filed"),
        ),
    ),
)  # fmt: skip
_HEARING = {
    "initial_appearance": ("Initial appearance", "Initial appearance"),
    "arraignment": ("Arraignment", "Arraignment"),
    "preliminary": ("Preliminary hearing", "Preliminary hearing"),
    "detention": ("Detention hearing", "Detention hearing"),
    "plea_hearing": ("Plea hearing", "Plea hearing"),
    "trial_day": ("Trial", "Trial"),
    "sentencing": ("Sentencing hearing", "Sentencing hearing"),
    "status_conference": ("Status conference", "Status conference"),
    "appeal_argument": ("Argument of the appeal", "Argument of the appeal"),
}
_CUSTODY = {
    "detained": ("Detained", "Detained"),
    "released_on_conditions": ("Released on conditions", "Released on conditions"),
    "surrendered": ("Surrendered into custody", "Surrendered into custody"),
    "paroled": ("Paroled", "Paroled"),
    "discharged": ("Discharged from custody", "Discharged from custody"),
    "escaped": ("Reported to have escaped", "Reported to have escaped from custody"),
    "released": ("Released", "Released"),
}
_STATEMENT = {
    "denial": "Denial",
    "admission": "Admission",
    "apology": "Apology",
    "reaction": "Reaction",
    "criticism": "Criticism",
    "victim_impact": "On the harm to those hurt (victim impact)",
    "position": "Position on the case",
    "no_comment": "No comment",
}
_SAYS_NOTHING = {"no_comment": ("{who} gives no comment", "No comment is given")}


def _statements() -> tuple[Kind, ...]:
    found = []
    for kind, label in _STATEMENT.items():
        headline, bare = _SAYS_NOTHING.get(kind, (f"Statement by {WHO}", "Statement published"))
        found.append(Kind(Category.STATEMENT, kind, label, headline, bare))
    return tuple(found)


_MOTION_HEARINGS = _on_motions(Category.HEARING, "motion_hearing", "Hearing on {}")
FORMS: dict[str, Short] = {
    form.slug: form
    for form in (
        Short(
            "charges", "Charges brought", (("", _of(Category.FILING, _CHARGES)),), "Brought by",
            brings_charges=True, in_matter=False,
        ),
        Short(
            "new-charges", "New charges", _NEW_CHARGES, "Brought by",
            brings_charges=True, in_matter=False, follows=True,
        ),
        Short(
            "hearing", "Hearing", (("", _of(Category.HEARING, _HEARING)), ("On a motion", _MOTION_HEARINGS)), "Judge",
            may_be_scheduled=True,
        ),
        Short(
            "filing",
            "Motion or other filing",
            (
                ("Motion", _on_motions(Category.FILING, "motion", "{} filed")),
                ("Response", _on_motions(Category.FILING, "response", "Response to {} filed")),
                ("Other", _of(Category.FILING, {"plea_agreement": ("Plea agreement", "Plea agreement filed")})),
            ),
            "Filed by",
        ),
        Short("incident", "Incident or arrest", (("", _of(Category.INCIDENT, _INCIDENT)),), "By whom", is_told=True),
        Short("custody", "Custody or release", (("", _of(Category.CUSTODY, _CUSTODY)),), "By whom", asks_whom=True),
        Short("statement", "Statement", (("", _statements()),), "Who said it", is_told=True),
    )
}  # fmt: skip

if set(_CHARGES) != CHARGING_KINDS:
    raise RuntimeError(f"These bring charges, and have no words here: {CHARGING_KINDS ^ set(_CHARGES)}")
_ALL = [kind for form in FORMS.values() for kind in form.kinds.values()]
if unknown := [kind.slug for kind in _ALL if kind.kind not in KINDS[kind.category]]:
    raise RuntimeError(f"The law knows no such kinds: {unknown}")
