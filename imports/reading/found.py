"""What a reader found in one file: frozen facts in the record's own words, with the source's words beside them.

Nothing here knows a database. Every string in a ``raw_text`` or ``*_raw`` is byte for byte the file's; every slug is
one of ``cases.law.vocabulary`` or ``cases/data/dispositions.toml``. Empty text, None and "unknown" mean that the file
does not say. Keys are the source's own, or made from the source's own words: the same thing in a newer file of the
same source has the same key, and two equal entries of one docket have different ones ("…#2").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Raw = Mapping[str, Any]
"""A source's own fields as JSON values, without what is never kept (``imports.reading.privacy``)."""


@dataclass(frozen=True, slots=True)
class When:
    """A date with what is known of it: a month is its first day, a year its 1 January, unknown is None.

    ``raw`` holds the source's words if they were more or other than a plain date; ``qualifier`` is "approximate" or
    "uncertain" where the source gives a day that is not exactly the act's own.
    """

    on: date | None = None
    precision: str = "unknown"
    until: date | None = None
    raw: str = ""
    qualifier: str = ""


UNDATED = When()


@dataclass(frozen=True, slots=True)
class FoundAttorney:
    """One attorney linked to one party: a name and the roles the source gives. Contacts are never kept."""

    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundParty:
    """Somebody named in a case.

    ``role`` is "defendant" (accused, or in a civil case sued), another slug of the record's party roles, or "other":
    whoever has no role in the record, or is called a defendant and is not accused. ``role_reason`` says why then.
    ``role_raw`` is the source's own word: "Material Witness". ``kind`` is person, organisation, government_body,
    pseudonym ("Russian national 3") or "".
    ``has_criminal_data`` says that the docket lists counts, or their absence, under the party (PACER).
    ``marks`` are facts that may help an editor to tell namesakes apart (gender, age, home state): never proof.
    """

    key: str
    name: str
    role: str
    role_raw: str = ""
    role_reason: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    described_as: str = ""
    terminated: When = UNDATED
    attorneys: tuple[FoundAttorney, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    has_criminal_data: bool = False
    raw_text: str = ""
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundCharge:
    """One line of the source's list of charges, against one party. A line may name several counts: (3-6).

    ``section`` is the list it stands in: "pending", "terminated", "complaint" (PACER headings, never outcomes), or "".
    ``disposition`` is the outcome that the words beside the charge (``disposition_raw``) say, "unknown" if none;
    what happened later (a pardon, a conviction overturned) stands on the acts alone. "filed" is only ever said where
    the source says that the charge still waits.
    ``generation`` is how often the charging document was superseded (1: "1s", 2: "1ss"); ``refiled`` is "1r".
    ``brought_by`` is the key of the act that brought it: always set, and always an act of the same case.
    ``replaces`` is the key of the earlier charge it follows, ``replaces_how`` the record's word for how.
    ``sentence_raw`` is set where the source has a field of its own for the sentence.
    """

    key: str
    party: str
    title: str
    brought_by: str
    count: int | None = None
    count_to: int | None = None
    suffix: str = ""
    statute: str = ""
    severity: str = "unknown"
    applicability: str = "principal"
    section: str = ""
    instrument: str = ""
    generation: int = 0
    refiled: bool = False
    replaces: str = ""
    replaces_how: str = ""
    disposition: str = "unknown"
    disposition_raw: str = ""
    disposed_on: When = UNDATED
    sentence_raw: str = ""
    raw_text: str = ""
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundOutcome:
    """What an act did to a charge (by its key)."""

    charge: str
    disposition: str
    prejudice: str = ""
    by: str = ""
    reason: str = ""
    note: str = ""
    raw_text: str = ""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One part of a sentence for a charge (by its key), only where the words say it exactly.

    None is not established. ``amount`` is a decimal number as text: "1860.00".
    """

    charge: str
    kind: str
    years: int | None = None
    months: int | None = None
    days: int | None = None
    hours: int | None = None
    amount: str = ""
    currency: str = ""
    order: str = "not_stated"
    note: str = ""
    raw_text: str = ""


@dataclass(frozen=True, slots=True)
class FoundAct:
    """One act, or one docket entry.

    ``entry`` says whether the source has an entry of its own for it; an act that only a list of charges or a column
    shows (a charge brought, an outcome without a dated entry) has ``entry=False`` and is not counted among entries.
    ``category``, ``kind``, ``motion`` and ``decision`` fit the record's vocabulary; an entry that the reader can not
    place with certainty has ``category`` and ``kind`` "" (an editor chooses, or it stays a line of the docket).
    ``number`` is the entry's own number ("" is an unnumbered entry). ``about`` names the parties it concerns by key;
    empty is everybody. ``sequence`` orders acts whose dates do not. ``has_private`` says that ``raw_text`` holds an
    address, a telephone number or the like: ``title`` and ``text`` are without it. ``why`` tells an editor on what
    something rests that the source does not say in so many words.
    """

    key: str
    title: str
    when: When = UNDATED
    category: str = ""
    kind: str = ""
    motion: str = ""
    decision: str = ""
    occurrence: str = "held"
    entry: bool = True
    number: str = ""
    entered_on: date | None = None
    sequence: int | None = None
    about: tuple[str, ...] = ()
    outcomes: tuple[FoundOutcome, ...] = ()
    sentence: tuple[FoundPart, ...] = ()
    text: str = ""
    has_private: bool = False
    why: str = ""
    raw_text: str = ""
    links: tuple[str, ...] = ()
    raw: Raw = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundOfficial:
    """A judge of the case, as the source names them; ``role`` is a slug of the record's official roles."""

    name: str
    role: str
    role_raw: str = ""


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A directed relation to another case, which the source names by court and number."""

    kind: str
    court_name: str = ""
    docket_number: str = ""
    raw_text: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something the file says that no reader could place: kept in its own words, for an editor."""

    where: str
    raw_text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the file that is deliberately not brought in.

    ``what`` is a kind of ``totals`` and never anybody's data; ``number`` is how many. A kind that is no row of the
    account ("attorney_contacts") is told for information.
    """

    what: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One docket, or one row of a table that stands for one.

    ``key`` is court id and number where the source has both ("gasd:1:09-cr-00073"), else a key that no stranger shares:
    a blank number never joins two rows. ``court_id`` is the source's own id for the court (court ids differ between
    sources). ``marks`` are words by which an earlier file of the same source may have named the same case under another
    key (a case renumbered since): never proof, an editor decides.
    """

    key: str
    caption: str
    kind: str
    court_id: str = ""
    court_name: str = ""
    docket_number: str = ""
    matter: str = ""
    summary: str = ""
    filed: When = UNDATED
    terminated: When = UNDATED
    parties: tuple[FoundParty, ...] = ()
    charges: tuple[FoundCharge, ...] = ()
    acts: tuple[FoundAct, ...] = ()
    officials: tuple[FoundOfficial, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    marks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    raw: Raw = field(default_factory=dict)

    def charges_of(self, party: str) -> tuple[FoundCharge, ...]:
        """Return the charges against one party, in the file's order."""
        return tuple(charge for charge in self.charges if charge.party == party)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in one file. ``totals`` counts what the file holds, kind by kind, for the account of the run.

    Counted from the file itself and not from ``cases``, so that a reader that loses a row is found out. PACER kinds:
    parties, defendants (called so by the court), attorney_links, criminal_parties, counts, counts_pending,
    counts_terminated, counts_with_disposition, complaints, docket_entries, unnumbered_entries. Other sources have
    their own. What a case does not understand or leaves out stands with the case, and only the rest here.
    ``source_kind`` names the reader: pacer_json, pacer_html, table, old_bailey, timelinejs; ``mapping`` the
    table's mapping ("casetrack"). ``credit`` is the attribution the source's licence asks for.
    """

    source_kind: str
    file_name: str
    sha256: str
    cases: tuple[FoundCase, ...]
    totals: Mapping[str, int]
    not_understood: tuple[NotUnderstood, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mapping: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What a reader that hands back one case after another says once it has read the last."""

    totals: Mapping[str, int]
    not_understood: tuple[NotUnderstood, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class NotReadableError(Exception):
    """A file that can not be read, with one plain sentence for an editor. Nothing of it was kept."""


class NoMappingError(NotReadableError):
    """A table that can be read as such, but nobody has said yet what its columns are."""
