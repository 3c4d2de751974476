"""What the screen can enter: each kind of decision, in which words it is offered, and what it asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases import choices
from cases.choices import OfficialRole
from cases.law.civil import of_a_claim
from cases.law.vocabulary import KINDS, Category

# What somebody has to be allowed who enters what was decided.
ENTERS_RULINGS = ("cases.view_case", "cases.add_event", "cases.add_outcome", "cases.add_citation")
UNSTATED = "unstated"  # a ruling of which nobody says that a motion was granted or denied

RULINGS = {
    "dismiss": "Motion to dismiss",
    "new_trial": "Motion for a new trial",
    "acquittal": "Motion for judgment of acquittal",
    "reconsideration": "Motion to reconsider",
    "suppress": "Motion to suppress evidence",
    "exclude_evidence": "Motion to exclude evidence",
    "discovery_or_sanctions": "Motion on discovery or sanctions",
    "bail": "Motion on bail",
    "venue": "Motion to change venue",
    "recusal": "Motion for recusal",
    "severance": "Motion for severance",
    "consolidation": "Motion to consolidate",
    "continuance": "Motion for a continuance",
    "release_pending_appeal": "Motion for release pending appeal",
    "stay": "Motion for a stay",
    "seal": "Motion to seal",
    "summary_judgment": "Motion for summary judgment",
    "injunction": "Motion for an injunction",
    "approve_settlement": "Motion to approve a settlement",
    "other": "Another ruling of the court",
}
_TRIAL = {
    "verdict:": "Verdict",
    "verdict:hung": "Hung jury: no verdict on any count",
    "verdict:mistrial": "Mistrial",
    "hearing:preliminary": "Preliminary hearing",
}
_JUDGMENTS = {
    "conviction_entered": "Judgment: conviction entered",
    "acquittal_entered": "Judgment: acquittal entered",
    "dismissal": "Judgment: dismissal",
    "default": "Judgment by default",
    "consent": "Judgment by consent",
    "summary": "Summary judgment",
}
_SENTENCES = {
    "imposed": "Sentence imposed",
    "modified": "Sentence changed",
    "revoked": "Sentence: probation or suspension revoked",
    "stayed": "Sentence stayed",
    "completed": "Sentence completed",
}
_PARTIES = {
    "notice_of_dismissal": "Notice of dismissal by the prosecution",
    "settlement_agreement": "Settlement announced",
}
_APPEALS = {
    "notice_of_appeal": "Appeal filed (notice of appeal)",
    "withdrawal_of_appeal": "Appeal withdrawn",
    "petition_for_review": "Petition for further review filed",
}
_DECIDED = {
    "affirmed": "Appeal decided: affirmed",
    "affirmed_in_part": "Appeal decided: affirmed in part",
    "reversed": "Appeal decided: reversed",
    "reversed_and_remanded": "Appeal decided: reversed and sent back",
    "vacated": "Appeal decided: vacated",
    "vacated_and_remanded": "Appeal decided: vacated and sent back",
    "modified": "Appeal decided: modified",
    "dismissed": "Appeal dismissed",
    "dismissed_on_withdrawal": "Appeal dismissed on withdrawal",
    "dismissed_moot": "Appeal dismissed as moot",
    "review_granted": "Further review granted",
    "review_denied": "Further review denied",
    "mandate_issued": "Mandate issued",
}
_CLEMENCY = {
    "pardon": "Pardon",
    "commutation": "Commutation of a sentence",
    "reprieve": "Reprieve",
    "amnesty": "Amnesty",
    "set_aside": "Conviction set aside by law",
    "sealed": "Record sealed by order",
    "expunged": "Record expunged",
}

JUDGES = (OfficialRole.JUDGE, OfficialRole.MAGISTRATE, OfficialRole.PANEL_JUDGE)
_COURT = frozenset({Category.RULING, Category.SENTENCE, Category.JUDGMENT, Category.APPELLATE, Category.VERDICT})
# A court's act that ends charges can say who asked for it, why, and whether jeopardy had attached.
_REASONED = frozenset(
    {"ruling:dismiss", "ruling:reconsideration", "ruling:acquittal", "ruling:other", "judgment:dismissal"}
    | {"filing:notice_of_dismissal"}
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be entered. ``kind`` is empty for a verdict: what it was follows from the outcomes."""

    slug: str
    label: str
    category: Category
    kind: str

    @property
    def is_ruling(self) -> bool:
        """Whether it has a decision: a motion was granted, denied, and so on."""
        return self.category is Category.RULING

    @property
    def is_verdict(self) -> bool:
        """Whether its kind follows from what became of each charge."""
        return self.category is Category.VERDICT and not self.kind

    @property
    def is_plea(self) -> bool:
        """Whether a defendant answers to the charges."""
        return self.slug == "hearing:plea_hearing"

    @property
    def is_appeal(self) -> bool:
        """Whether it is an act of an appeal, which may lie in a case of its own."""
        return self.category is Category.APPELLATE or self.kind in _APPEALS

    @property
    def sentences(self) -> bool:
        """Whether it is itself a sentence, and so has parts."""
        return self.category is Category.SENTENCE and self.kind in ("imposed", "modified")

    @property
    def may_sentence_at_once(self) -> bool:
        """Whether the sentence is often given the same day, so that both can be entered together."""
        return self.is_plea or self.is_verdict or self.slug == "judgment:conviction_entered"

    @property
    def is_reasoned(self) -> bool:
        """Whether the screen asks why a charge ended, and whether jeopardy had attached."""
        return self.slug in _REASONED or self.category is Category.APPELLATE

    @property
    def names_mover(self) -> bool:
        """Whether the screen asks on whose motion a court ended a charge."""
        return self.is_reasoned and self.category is not Category.FILING

    @property
    def may_reverse(self) -> bool:
        """Whether it can undo an earlier act."""
        return self.is_ruling or self.category in (Category.APPELLATE, Category.JUDGMENT)

    @property
    def has_written_order(self) -> bool:
        """Whether a written order or judgment of it is entered, which starts the time to appeal."""
        return self.category in (Category.RULING, Category.JUDGMENT, Category.SENTENCE, Category.VERDICT)

    @property
    def by_court(self) -> bool:
        """Whether a judge, or a court, does it."""
        return self.category in _COURT or self.slug == "hearing:preliminary"

    @property
    def who(self) -> str:
        """What the field for who did it is called."""
        if self.category is Category.VERDICT:
            return "Judge, if a judge decided"
        if self.by_court:
            return "Judge"
        if self.is_plea:
            return "Whose plea"
        return "Filed by" if self.category is Category.FILING else "Granted by"

    @property
    def new_role(self) -> str:
        """The role of somebody who is first named here; empty where only those of the case can do it."""
        if self.category is Category.APPELLATE:
            return OfficialRole.PANEL_JUDGE
        return OfficialRole.JUDGE if self.by_court else ""

    @property
    def takes_new_name(self) -> bool:
        """Whether somebody may do it who is not in the case yet."""
        return bool(self.new_role) or self.category is Category.CLEMENCY_OR_RELIEF


def _of(category: Category, labels: dict[str, str]) -> list[Kind]:
    return [Kind(f"{category.value}:{kind}", label, category, kind) for kind, label in labels.items()]


def _mixed(labels: dict[str, str]) -> list[Kind]:
    found = []
    for slug, label in labels.items():
        category, _, kind = slug.partition(":")
        found.append(Kind(slug.removesuffix(":"), label, Category(category), kind))
    return found


GROUPS: tuple[tuple[str, list[Kind]], ...] = (
    ("The court rules on a …", _of(Category.RULING, RULINGS)),
    ("Plea and trial", [*_of(Category.HEARING, {"plea_hearing": "Plea entered in court"}), *_mixed(_TRIAL)]),
    ("Judgment and sentence", [*_of(Category.SENTENCE, _SENTENCES), *_of(Category.JUDGMENT, _JUDGMENTS)]),
    ("By the prosecution, or the parties", _of(Category.FILING, _PARTIES)),
    ("Appeal", [*_of(Category.FILING, _APPEALS), *_of(Category.APPELLATE, _DECIDED)]),
    ("Clemency or relief", _of(Category.CLEMENCY_OR_RELIEF, _CLEMENCY)),
)
BY_SLUG = {kind.slug: kind for _, kinds in GROUPS for kind in kinds}
WHATS: list[Any] = [
    ("", "Choose what was decided or done"),
    *((name, [(kind.slug, kind.label) for kind in kinds]) for name, kinds in GROUPS),
]
# What nobody can do in a civil case; and what the rest is called there.
_ONLY_CRIMINAL = frozenset({"hearing:plea_hearing", "hearing:preliminary"} | {
    f"judgment:{kind}" for kind in ("conviction_entered", "acquittal_entered")
} | {f"clemency_or_relief:{kind}" for kind in _CLEMENCY if kind not in ("sealed", "expunged")})  # fmt: skip
_CIVIL_GROUPS = {
    "Plea and trial": "Trial", "Judgment and sentence": "Judgment", "By the prosecution, or the parties": "By a party",
    "Clemency or relief": "Relief",
}  # fmt: skip


def whats(*, civil: bool) -> list[Any]:
    """Return what can be entered in a case of this kind, as choices."""
    if not civil:
        return WHATS
    found: list[Any] = [WHATS[0]]
    for name, kinds in GROUPS:
        rows = [
            (kind.slug, of_a_claim(kind.label, civil=True))
            for kind in kinds
            if kind.slug not in _ONLY_CRIMINAL and kind.category is not Category.SENTENCE
        ]
        found.append((_CIVIL_GROUPS.get(name, name), rows))
    return found


DECISIONS = [
    ("", "Choose"),
    *((value, text) for value, text in choices.DECISIONS if value),
    (UNSTATED, "Not stated, or no motion"),
]
_ACQUITTED = frozenset({"acquitted_jury", "acquitted_bench", "acquitted_unspecified", "judgment_of_acquittal"})
_GUILTY = frozenset({"verdict_awaiting_judgment"})


def kind_of_verdict(terms: Iterable[tuple[str, str]]) -> str:
    """Return the kind of a verdict from its outcomes, each (slug, class).

    Counts on which there was no verdict do not make it another: "guilty" is what the jury said.
    """
    said = {_said(slug, cls) for slug, cls in terms} - {""}
    if not said - {"hung"}:
        return "hung"
    said -= {"hung"}
    if said <= {"liable", "not_liable"}:
        return "liable" if "liable" in said else "not_liable"
    if said & {"guilty", "guilty_lesser"}:
        if said & {"not_guilty", "not_guilty_insanity"}:
            return "mixed"
        return "guilty_lesser" if said == {"guilty_lesser"} else "guilty"
    return "not_guilty_insanity" if said == {"not_guilty_insanity"} else "not_guilty"


def _said(slug: str, cls: str) -> str:
    if slug in ("convicted_lesser", "not_guilty_insanity"):
        return "guilty_lesser" if slug == "convicted_lesser" else slug
    if slug in ("judgment_for_plaintiff", "default_judgment"):
        return "liable"
    if slug == "judgment_for_defendant":
        return "not_liable"
    if cls == "conviction" or slug in _GUILTY:
        return "guilty"
    return "not_guilty" if slug in _ACQUITTED else "hung" if cls == "pending" else ""


def of_hearing(category: str, kind: str, motion: str) -> str:
    """Return what is most likely decided at a hearing, as a kind's slug; "" where nobody can tell."""
    if category != Category.HEARING:
        return ""
    if kind == "motion_hearing" and motion in RULINGS:
        return f"ruling:{motion}"
    found = {"plea_hearing": "hearing:plea_hearing", "sentencing": "sentence:imposed"}.get(kind, f"hearing:{kind}")
    return found if found in BY_SLUG else ""


if _unknown := [k.slug for k in BY_SLUG.values() if k.kind and k.kind not in KINDS[k.category]]:
    raise RuntimeError(f"The law knows no such kinds: {_unknown}")
