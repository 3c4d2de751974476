"""What a reader found, as single things an editor can accept or reject, each with its key and what it rests on.

Pure: nothing here asks a database. ``Item.values`` are JSON values, named as the record's columns where it has one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from cases.choices import OfficialRole, PartyRole
from cases.law.dates import PartialDate
from cases.law.vocabulary import CHARGING_KINDS, Precision, Qualifier
from imports.choices import Kind
from imports.keys import of_name
from imports.reading.found import (
    Found,
    FoundAct,
    FoundAttorney,
    FoundCase,
    FoundCharge,
    FoundParty,
    NotUnderstood,
    When,
)

NOT_ACCUSED = "The file names this party in no role that the record has."
NOBODY_ACCUSED = "It is against nobody who is accused here."
NO_COUNSEL = "The record has no role for counsel of such a party."
OF_SEVERAL = "The record can not say for which of several parties to an appeal counsel acts."
LINE_OF_DOCKET = ("filing", "docket_entry")
TITLE, NAME = 200, 200
_OFFENCE = re.compile(r'"([^"]+-off\d+)"')  # how the Old Bailey's files name an offence
# What a docket's rows are that are no lists of named fields, by where they stand.
_STRANGE = {
    "docket entry ": ("entries", "unnumbered"),
    "party ": ("parties",),
    "counts of ": ("charges",),
    "complaints of ": ("complaints",),
}
_PARTY_ROLES = frozenset(PartyRole.values)
_COUNSEL = {
    "defendant": OfficialRole.DEFENCE_COUNSEL,
    "government": OfficialRole.PROSECUTOR,
    "plaintiff": OfficialRole.PLAINTIFF_COUNSEL,
}


@dataclass(slots=True)
class Item:
    """One thing of a file. ``left_out`` says why it is not proposed, ``why`` on what it rests.

    ``counts_as`` are the rows of the account.
    """

    kind: str
    key: str
    within: str
    label: str
    values: dict[str, Any] = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    left_out: str = ""
    why: str = ""
    not_understood: bool = False
    counts_as: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def items_without_case(found: Found) -> list[Item]:
    """Return what a file says of no case in particular, and nobody understood."""
    return [_unclear(unclear, "", number) for number, unclear in enumerate(found.not_understood, 1)]


def root_of(case: FoundCase) -> str:
    """Return the key of the thing that a case itself is."""
    return f"{case.key}|case"


def items_of_case(case: FoundCase) -> Iterator[Item]:
    """Yield what one case of a file holds: the case, its acts, its people, its charges and what became of them."""
    within, root = case.key, root_of(case)
    yield Item(
        Kind.CASE,
        root,
        within,
        _short(f"{case.caption} ({case.docket_number})" if case.docket_number else case.caption, 300),
        {
            "caption": _short(case.caption, 300),
            "kind": case.kind,
            "docket_number": case.docket_number[:80],
            "court_id": case.court_id,
            "court_name": case.court_name,
            "summary": case.summary,
            "matter": case.matter[:200],
            "links": list(case.links),
        },
        counts_as=("cases", *(("shared_cases",) if sum(p.role == "defendant" for p in case.parties) > 1 else ())),
        marks=case.marks,
    )
    acts = list(case.acts) or [_opening(case)]
    shown_by = f"{within}|act|{acts[0].key}"
    for act in acts:
        yield _act(act, case, root)
    parties = {party.key: party for party in case.parties}
    for place, party in enumerate(case.parties, 1):
        yield from _party(party, place, case, root, shown_by)
    judges = {(one.role, of_name(one.name)): one for one in reversed(case.officials)}  # referred to who has it anyway
    for official in reversed(judges.values()):
        name = of_name(official.name)
        key = f"{within}|official|{official.role}|{name}"
        values = {"name": official.name[:NAME], "role": official.role, "role_raw": official.role_raw}
        values |= {"shown_by": shown_by, "who": f"{within}|court|{name}"}
        yield Item(Kind.OFFICIAL, key, within, _short(official.name, 300), values, (root, shown_by))
    offences: set[str] = set()
    for charge in case.charges:
        yield _charge(charge, case, root, parties, offences)
    out = {charge.key for charge in case.charges if not _is_accused(parties.get(charge.party))}
    for act in acts:
        yield from _effects(act, case, out)
    for number, relation in enumerate(case.relations, 1):
        words = ", ".join(filter(None, (relation.court_name, relation.docket_number))) or relation.raw_text
        key = f"{within}|relation|{relation.kind}|{of_name(words) or number}"
        values = {"kind": relation.kind, "target_text": _short(words, 300), "raw_text": relation.raw_text}
        yield Item(Kind.RELATION, key, within, _short(words, 300), values, (root,))
    for number, unclear in enumerate(case.not_understood, 1):
        lost = {one for one in _OFFENCE.findall(unclear.raw_text) if one not in offences}
        offences |= lost
        yield _unclear(unclear, within, number, more=("offences",) * len(lost))


def _opening(case: FoundCase) -> FoundAct:
    """The act that a docket without any entry rests on: that it was opened."""
    return FoundAct(key="docket-opened", title="Docket opened", when=case.filed, entry=False)


def _party(party: FoundParty, place: int, case: FoundCase, root: str, shown_by: str) -> Iterator[Item]:
    within = case.key
    key = f"{within}|party|{party.key}"
    left_out = "" if party.role == "defendant" or party.role in _PARTY_ROLES else party.role_reason or NOT_ACCUSED
    accused = party.role == "defendant"
    values: dict[str, Any] = {
        "name": party.name[:NAME],
        "role": party.role,
        "role_raw": party.role_raw,
        "kind": party.kind or "person",
        "described_as": party.described_as[:200],
        "position": min(place, 32_000),
        "marks": dict(party.marks),
        "raw_text": party.raw_text,
        "who": key,
    }
    rests_on = (root,) if accused else (root, shown_by)
    if not accused:
        values["shown_by"] = shown_by
    if left_out:  # whoever is not brought in is not kept under their name either
        values = {"role": party.role, "role_raw": party.role_raw}
    label = party.role_raw or party.role if left_out else party.name
    yield Item(Kind.PARTY, key, within, _short(label, 300), values, rests_on, left_out, counts_as=_counted(party))
    why = f"Of a party that is left out: {left_out}" if left_out else ""
    for alias in party.aliases:
        values = {} if why else {"text": alias[:NAME]}
        alias_key = f"{key}|alias|{of_name(alias)}"
        yield Item(
            Kind.ALIAS, alias_key, within, "Other name" if why else _short(alias, 300), values, (key,), why,
            counts_as=("aliases",),
        )  # fmt: skip
    seen: dict[str, int] = {}
    for attorney in party.attorneys:
        yield _attorney(attorney, party, case, shown_by, why, seen)


def _attorney(
    attorney: FoundAttorney, party: FoundParty, case: FoundCase, shown_by: str, why: str, seen: dict[str, int]
) -> Item:  # fmt: skip
    within, party_key = case.key, f"{case.key}|party|{party.key}"
    name = of_name(attorney.name)
    seen[name] = seen.get(name, 0) + 1
    key = f"{party_key}|attorney|{name}" + (f"#{seen[name]}" if seen[name] > 1 else "")
    role, reason = _counsel_of(party, case)
    if role == OfficialRole.DEFENCE_COUNSEL and any("public defender" in one.lower() for one in attorney.roles):
        role = OfficialRole.PUBLIC_DEFENDER
    why = why or reason
    values: dict[str, Any] = {
        "name": attorney.name[:NAME],
        "role": role,
        "for": party_key,
        "roles": list(attorney.roles),
        "shown_by": shown_by,
        "who": f"{within}|counsel|{name}",
    }
    if why:
        values = {"roles": list(attorney.roles)}
    label = "Attorney" if why else attorney.name
    return Item(
        Kind.ATTORNEY, key, within, _short(label, 300), values, (party_key, shown_by), why,
        counts_as=("attorney_links",),
    )  # fmt: skip


def _counsel_of(party: FoundParty, case: FoundCase) -> tuple[str | None, str]:
    """Return the record's role for counsel of a party, or why there is none.

    On appeal a court calls parties by what they were below, too: "Defendant - Appellant". The record says of counsel
    for whom they act only where that is a defendant of the case; of one such party there can be no doubt.
    """
    if role := _COUNSEL.get(party.role):
        return role, ""
    side = _below(party)
    if not side:
        return None, NO_COUNSEL
    if sum(_below(other) == side for other in case.parties) > 1:
        return None, OF_SEVERAL
    if side == "defendant":
        return OfficialRole.DEFENCE_COUNSEL, ""
    criminal = str(case.raw.get("case_type_information", "")).startswith("Criminal")
    of_state = criminal and party.kind == "government_body"
    return (OfficialRole.PROSECUTOR if of_state else OfficialRole.PLAINTIFF_COUNSEL), ""


def _below(party: FoundParty) -> str:
    """Return what a party to an appeal was in the court below, in the file's words: defendant, plaintiff, or ""."""
    first, _, then = " ".join(party.role_raw.split()).casefold().partition(" - ")
    return first if then in ("appellant", "appellee") and first in ("defendant", "plaintiff") else ""


def _act(act: FoundAct, case: FoundCase, root: str) -> Item:
    category, kind = (act.category, act.kind) if act.category and act.kind else LINE_OF_DOCKET
    when = act.when
    values: dict[str, Any] = {
        "on": when.on.isoformat() if when.on else None,
        "precision": when.precision if when.on else "unknown",
        "qualifier": when.qualifier if when.on else "",
        "until": when.until.isoformat() if when.until else None,
        "category": category,
        "kind": kind,
        "motion": act.motion,
        "decision": act.decision,
        "occurrence": act.occurrence,
        "entered_on": act.entered_on.isoformat() if act.entered_on else None,
        "sequence": act.sequence,
        "title": _short(act.title, TITLE),
        "text": act.text,
        "raw_text": act.raw_text,
        "about": [f"{case.key}|party|{key}" for key in act.about],
        "number": act.number,
        "links": list(act.links),
    }
    if when.raw:
        values["date_raw"] = when.raw
    counts = ("entries", *(() if act.number else ("unnumbered",))) if act.entry else _counted_act(act)
    return Item(
        Kind.ACT, f"{case.key}|act|{act.key}", case.key, _dated(when, act), values, (root,),
        counts_as=counts, why=act.why,
    )  # fmt: skip


def _charge(
    charge: FoundCharge, case: FoundCase, root: str, parties: dict[str, FoundParty], offences: set[str]
) -> Item:  # fmt: skip
    within = case.key
    party, act = f"{within}|party|{charge.party}", f"{within}|act|{charge.brought_by}"
    values: dict[str, Any] = {
        "party": party,
        "brought_by": act,
        "count": charge.count,
        "quantity": _quantity(charge),
        "title": _short(charge.title, 300),
        "statute": charge.statute[:200],
        "severity": charge.severity,
        "applicability": charge.applicability,
        "instrument": charge.instrument,
        "replaces": f"{within}|charge|{charge.replaces}" if charge.replaces else "",
        "replaces_how": charge.replaces_how if charge.replaces else "",
        "raw_text": charge.raw_text,
    }
    if charge.suffix:
        values["suffix"] = charge.suffix
    for name in ("section", "disposition_raw", "sentence_raw"):
        if told := getattr(charge, name):
            values[name] = told
    left_out = "" if _is_accused(parties.get(charge.party)) else NOBODY_ACCUSED
    label = f"Count {charge.count}{charge.suffix}: {charge.title}" if charge.count else charge.title
    return Item(
        Kind.CHARGE, f"{within}|charge|{charge.key}", within, _short(label, 300), values, (root, party, act), left_out,
        counts_as=_counted_charge(charge, offences),
    )  # fmt: skip


def _is_accused(party: FoundParty | None) -> bool:
    return party is not None and party.role == "defendant"


def _counted_charge(charge: FoundCharge, offences: set[str]) -> tuple[str, ...]:
    if charge.section == "complaint":
        return ("complaints",)
    counts = ["charges", f"type:{charge.disposition}"]
    counts += [charge.section] if charge.section else []
    counts += ["with_disposition"] if charge.disposition_raw else []
    offence = str(charge.raw.get("offence") or "")
    if offence and offence not in offences:  # one offence with which several are charged is counted once
        offences.add(offence)
        counts.append("offences")
    return tuple(counts)


def _effects(act: FoundAct, case: FoundCase, out: set[str]) -> Iterator[Item]:
    """Yield what an act did to charges; ``out`` are those that are left out, and what became of them with them."""
    within, on = case.key, f"{case.key}|act|{act.key}"
    for outcome in act.outcomes:
        charge = f"{within}|charge|{outcome.charge}"
        values = {name.name: getattr(outcome, name.name) for name in fields(outcome)} | {"charge": charge, "act": on}
        key = f"{on}|outcome|{outcome.charge}"
        label = outcome.raw_text or outcome.disposition
        why = NOBODY_ACCUSED if outcome.charge in out else ""
        yield Item(Kind.OUTCOME, key, within, _short(label, 300), values, (charge, on), why, counts_as=("outcomes",))
    seen: dict[str, int] = {}
    for part in act.sentence:
        charge = f"{within}|charge|{part.charge}"
        values = {name.name: getattr(part, name.name) for name in fields(part)} | {"charge": charge, "act": on}
        place = f"{part.charge}|{part.kind}"
        seen[place] = seen.get(place, 0) + 1
        key = f"{on}|sentence|{place}#{seen[place]}"
        label = part.raw_text or part.note or part.kind
        why = NOBODY_ACCUSED if part.charge in out else ""
        yield Item(Kind.SENTENCE, key, within, _short(label, 300), values, (charge, on), why, counts_as=("parts",))


def _counted_act(act: FoundAct) -> tuple[str, ...]:
    """Return what an act without an entry of its own is counted as: a decision, or a sentence against each accused."""
    kind = f"act:{act.kind}"
    if act.outcomes:  # one decision that says different things of two charges is two acts, and counted once
        return (kind,) if "#" in act.key else (kind, "decisions")
    return (kind,) if act.kind in CHARGING_KINDS else (kind, "sentences", *(("sentenced",) * len(act.about)))


def _quantity(charge: FoundCharge) -> int:
    if charge.count is None or charge.count_to is None or charge.count_to < charge.count:
        return 1
    return charge.count_to - charge.count + 1


def _counted(party: FoundParty) -> tuple[str, ...]:
    called = " ".join(party.role_raw.split()).casefold()
    criminal = ("criminal_parties",) if party.has_criminal_data else ()
    return ("parties", f"role:{party.role}", f"called:{called}", *criminal)


def _unclear(unclear: NotUnderstood, within: str, number: int, more: tuple[str, ...] = ()) -> Item:
    values = {"where": unclear.where, "raw_text": unclear.raw_text}
    noun = unclear.where.split(" ", 1)[0]  # "verdict t17800112-1-verdict4" is one of the file's verdicts
    counts = next((counts for start, counts in _STRANGE.items() if unclear.where.startswith(start)), None)
    counts = counts or ((f"{noun}s",) if noun.isalpha() else ())
    return Item(
        "", f"{within}|not-understood|{number}", within, _short(unclear.where or "Not understood", 300), values,
        left_out=unclear.reason, not_understood=True, counts_as=(*counts, *more),
    )  # fmt: skip


def _dated(when: When, act: FoundAct) -> str:
    label = f"{words(when)}: {act.title}"
    return _short(label[:1].upper() + label[1:], 300)


def words(when: When) -> str:
    """Return a date in words, as the record writes it."""
    precision = Precision(when.precision) if when.on else Precision.UNKNOWN
    return str(PartialDate(when.on, precision, Qualifier(when.qualifier)))


def _short(text: str, length: int) -> str:
    """Return one line of at most ``length`` characters; what is cut stands whole in the raw text."""
    line = " ".join(text.replace("\0", " ").split()) or "—"
    return line if len(line) <= length else f"{line[: length - 1]}…"
