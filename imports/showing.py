"""What the page of a batch shows: proposals case by case, old beside new in words, and the questions with reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases import choices
from cases.models import Case, Court, Disposition
from imports.choices import Decision, Kind, State
from imports.models import Batch, Proposal
from imports.rows import TOLD

LABELS = {
    "on": "Date",
    "precision": "How much of the date is known",
    "qualifier": "How the date is meant",
    "until": "Last day",
    "category": "Category",
    "kind": "Kind",
    "motion": "Motion",
    "decision": "Decision",
    "occurrence": "Occurrence",
    "entered_on": "Written order entered",
    "sequence": "Order, where dates leave it open",
    "title": "Title",
    "text": "Text",
    "raw_text": "In the file’s words",
    "name": "Name",
    "role": "Role",
    "described_as": "Described as",
    "marks": "The file also says",
    "count": "Count",
    "quantity": "How many counts",
    "statute": "Statute",
    "severity": "Severity",
    "applicability": "Part taken",
    "instrument": "Charging document",
    "replaces_how": "How it follows an earlier charge",
    "disposition": "Outcome",
    "disposition_raw": "Disposition in the file’s words",
    "sentence_raw": "Sentence in the file’s words",
    "section": "Listed under (a heading, not an outcome)",
    "suffix": "Suffix of the count",
    "prejudice": "Prejudice",
    "by": "By",
    "reason": "Reason",
    "note": "Note",
    "caption": "Caption",
    "docket_number": "Docket number",
    "summary": "Summary",
    "court_name": "Court",
    "matter": "Matter",
    "court_id": "Court",
    "number": "Number of the entry",
    "role_raw": "Role in the file’s words",
    "roles": "Roles in the file’s words",
    "links": "Links",
    "where": "Where",
    "target_text": "The other case",
    "date_raw": "Date in the file’s words",
}
_NAMED = (Kind.PARTY, Kind.ATTORNEY, Kind.OFFICIAL, Kind.ALIAS)
_PLACES = {name: place for place, name in enumerate(LABELS)}
IN_LABEL: dict[str, tuple[str, ...]] = {
    Kind.ACT: ("on", "precision", "qualifier", "title"),
    **dict.fromkeys(_NAMED, ("name", "text")),
}
SILENT = frozenset(
    {"position", "sequence", "who", "shown_by", "for", "act", "charge", "party", "brought_by", "about", "replaces"}
)
USUAL = {"precision": "day", "occurrence": "held", "quantity": 1, "applicability": "principal", "severity": "unknown",
         "order": "not_stated", "kind": "person"}  # fmt: skip
_SLUGS = frozenset(
    {"category", "kind", "motion", "decision", "occurrence", "role", "instrument", "severity", "applicability",
     "prejudice", "by", "reason", "disposition", "precision", "replaces_how", "order"}
)  # fmt: skip
STATES = {
    State.NEW: "new",
    State.CHANGED: "changed",
    State.CONFLICT: "conflict",
    State.NOT_UNDERSTOOD: "unclear",
    State.LEFT_OUT: "out",
    State.GONE: "gone",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what the record says, and what the file says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, or a case, that may be meant: what the form sends, who it is, why it may be, whether it was chosen."""

    value: str
    name: str
    because: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal as the page shows it."""

    proposal: Proposal
    kind: str
    state: str
    mark: str
    values: tuple[Value, ...]
    compared: bool
    is_open: bool
    candidates: tuple[Candidate, ...] = ()
    asks_home: bool = False
    chosen: str = ""


@dataclass(slots=True)
class Group:
    """The proposals of one case that stand on a page."""

    within: str
    label: str
    first: int
    rows: list[Shown] = field(default_factory=list)
    case: int | None = None  # of the record, once it is there

    @property
    def any_open(self) -> bool:
        """Whether something here waits for an editor."""
        return any(row.is_open for row in self.rows)


def groups(batch: Batch, proposals: Iterable[Proposal]) -> list[Group]:
    """Return the proposals of a page, case by case."""
    found: list[Group] = []
    rows = list(proposals)
    terms = dict(Disposition.objects.values_list("slug", "label"))
    named = {one.new.get("court_id") for one in rows if one.kind == Kind.CASE}
    terms |= dict(Court.objects.filter(source_key__in=named - {None, ""}).values_list("source_key", "name"))
    for one in rows:
        if not found or found[-1].within != one.within:
            found.append(Group(one.within, one.label if one.kind == Kind.CASE else one.within or "The file", one.pk))
        found[-1].rows.append(shown(one, terms))
    _name(batch, found)
    return found


def _name(batch: Batch, found: list[Group]) -> None:
    """Give each group the name of its case, where that stands on an earlier page or came in by an earlier file, too."""
    keys = [f"{group.within}|case" for group in found]
    names = dict(batch.proposals.filter(key__in=keys).values_list("within", "label"))
    known = batch.origin.keys.filter(key__in=keys, row__isnull=False).values_list("within", "row")
    rows = {within: row for within, row in known if row is not None}
    there = {case.pk: str(case) for case in Case.objects.filter(pk__in=rows.values()) if not case.is_sealed}
    for group in found:
        row = rows.get(group.within, 0)
        group.case = row if row in there else None
        group.label = names.get(group.within) or there.get(row, group.label)


def shown(one: Proposal, terms: Mapping[str, str]) -> Shown:
    """Return one proposal in words. ``terms`` are what outcomes, and courts, are called by their slugs."""
    compared = one.state in (State.CHANGED, State.CONFLICT) and bool(one.old)
    names = list(one.old or {}) if compared else [name for name in one.new if _is_told(one, name)]
    names.sort(key=lambda name: (_PLACES.get(name, len(_PLACES)), name))  # the database keeps no order of its own
    before = one.old if compared and one.old else {}
    values = tuple(
        Value(_label(name), words(name, before.get(name), terms), words(name, one.new.get(name), terms))
        for name in names
    )
    is_open = one.decision == Decision.OPEN
    chosen = "new" if one.is_new else str(one.person_id or "")
    return Shown(
        one,
        Kind(one.kind).label if one.kind else "Not understood",
        State(one.state).label if is_open or one.decision == Decision.NOTED else Decision(one.decision).label,
        STATES[State(one.state)] if is_open or one.decision == Decision.NOTED else one.decision,
        values,
        compared,
        is_open,
        tuple(_candidate(row, chosen) for row in one.candidates) if is_open else (),
        asks_home=is_open and one.asks_home,
        chosen=chosen,
    )


def _candidate(row: dict[str, Any], chosen: str) -> Candidate:
    value = str(row.get("person") or row.get("case"))
    return Candidate(value, row["name"], " ".join(row["reasons"]), value == chosen)


def _is_told(one: Proposal, name: str) -> bool:
    """Whether a value is shown: not what its label says already, what is always so, or what only the program reads."""
    value = one.new.get(name)
    if name in SILENT or value in (None, "", [], {}):
        return False
    if name in IN_LABEL.get(str(one.kind), ()):
        return False
    if name == "court_id" and one.new.get("court_name"):
        return False
    if isinstance(value, str) and " ".join(value.split()).casefold() in _said_above(one, name):
        return False
    return USUAL.get(name) != value or (name in TOLD and name != "kind")


def _said_above(one: Proposal, name: str) -> set[str]:
    """Return what stands above a value in the same words: the label; for the file's word for a role, the role."""
    label = one.label.casefold()
    above = {label, label.split(": ", 1)[-1], label.rsplit(" (", 1)[0], label.rsplit(" (", 1)[-1].rstrip(")")}
    return above | ({words("role", one.new.get("role"), {}).casefold()} if name == "role_raw" else set())


def _label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " ").capitalize())


def words(name: str, value: Any, terms: Mapping[str, str]) -> str:
    """Return a value for a reader: a slug by its label, nothing as a dash."""
    if name in ("disposition", "court_id") and value in terms:
        return terms[value]
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, dict):
        return "; ".join(f"{str(key).replace('_', ' ')}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return choices.label(str(value)) if name in _SLUGS else str(value)
