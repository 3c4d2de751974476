"""One case of a table, gathered from its rows: each row a defendant with charges, outcomes and a sentence."""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from imports.reading import acts
from imports.reading.dates import compact_date, days_after, iso_date, on_day, script_date, uk_date, us_date
from imports.reading.dispositions import UNKNOWN, Said
from imports.reading.entries import headline
from imports.reading.found import (
    FoundAct,
    FoundCase,
    FoundCharge,
    FoundOutcome,
    FoundPart,
    FoundParty,
    LeftOut,
    NotUnderstood,
    When,
)
from imports.reading.mapping import DateRule, Later, TableMapping, filled_in
from imports.reading.privacy import holds_private
from imports.reading.sentences import money, sentence_said, term
from imports.reading.shape import one_line, rows, text

if TYPE_CHECKING:
    from datetime import date

_WAYS = {"iso": iso_date, "us": us_date, "uk": uk_date, "script": script_date, "compact": compact_date}
_OPEN = ("filed", "charged_untold", "unknown")
_PARENTHESES = re.compile(r"\((?:aka|a/k/a|also known as),? ([^()]{1,200})\)", re.IGNORECASE)
_AKA = re.compile(r",?\s*\b(?:aka|a/k/a|also known as)\s+|, (?!jr\b|sr\b|i{2,3}\b|iv\b|aka\b|a/k/a\b)", re.IGNORECASE)
_ARRESTED = re.compile(r"Arr?ested(?: on)? (?P<on>[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4})(?: in [A-Z][A-Za-z .]{2,60})?\.?")


class Row:
    """One case in the making. ``take`` adds a row of the table, ``whole`` hands back the case."""

    def __init__(self, mapping: TableMapping, case: FoundCase) -> None:
        self.mapping = mapping
        self._case = case
        self._parties: list[FoundParty] = []
        self._charges: list[FoundCharge] = []
        self._acts: list[FoundAct] = []
        self._lost: list[NotUnderstood] = []
        self._marks: dict[str, None] = {}
        self._links: dict[str, None] = {}
        self._left: list[LeftOut] = []

    def whole(self) -> FoundCase:
        """Return the case with all that its rows said."""
        return replace(
            self._case,
            parties=tuple(self._parties),
            charges=tuple(self._charges),
            acts=tuple(self._acts),
            not_understood=tuple(self._lost),
            left_out=tuple(self._left),
            marks=tuple(self._marks),
            links=tuple(self._links),
        )

    def take(self, number: int, row: Mapping[str, Any], words: list[str]) -> None:
        """Add one row: its person, the charges that ``words`` name, and what it says became of them."""
        party = self._party(row)
        self._parties.append(party)
        self._marks[f"name/{party.name.casefold()}"] = None
        for link in _list(row.get(self.mapping.links)) if self.mapping.links else ():
            if link.startswith(("https://", "http://")):
                self._links[link] = None
                self._marks[f"link/{link}"] = None
        where = f"row {number}"
        brought = acts.brought(
            f"brought/{party.key}",
            title="Charged",
            when=self._day(self.mapping.brought, row, where),
            about=(party.key,),
        )
        self._acts.append(brought)
        # A row with several charges does not say of which of them its statute is.
        statute = one_line(row.get(self.mapping.statute), 200) if self.mapping.statute and len(words) == 1 else ""
        charges = [
            self._charge(party, brought.key, row, place, title, statute) for place, title in enumerate(words, start=1)
        ]
        charges = self._decide(party, charges, row, where)
        charges = self._sentence(party, charges, row, where)
        self._charges += self._later(party, charges, row, where)
        self._notes(party, row)

    def _party(self, row: Mapping[str, Any]) -> FoundParty:
        written = filled_in(self.mapping.party, row)
        name, aliases = plain_name(written, last_first=self.mapping.order == "last, first")
        key, same = name.casefold(), sum(1 for p in self._parties if p.name.casefold() == name.casefold())
        pseudonym = bool(self.mapping.pseudonym) and re.fullmatch(self.mapping.pseudonym, name) is not None
        marks = {mark: text(row.get(column)) for mark, column in self.mapping.marks.items() if text(row.get(column))}
        return FoundParty(
            key=key if not same else f"{key}#{same + 1}",
            name=name,
            role=self.mapping.role,
            role_raw=self.mapping.role,
            kind="pseudonym" if pseudonym else "person",
            aliases=aliases,
            marks=marks,
            raw_text=written,
            raw=dict(row),
        )

    def _charge(
        self, party: FoundParty, brought: str, row: Mapping[str, Any], place: int, words: str, statute: str
    ) -> FoundCharge:
        own = bool(self.mapping.charge_columns or self.mapping.charge_list)
        return FoundCharge(
            key=f"{party.key}/charge/{place}",
            party=party.key,
            title=one_line(words),
            brought_by=brought,
            statute=statute,
            disposition_raw=text(row.get(self.mapping.outcome)) if self.mapping.outcome else "",
            raw_text=words if own else "",
        )

    def _day(self, rule: DateRule, row: Mapping[str, Any], where: str) -> When:
        """Return the day a rule finds in a row; what is written there and is no day is told."""
        if rule.start:
            start, days = iso_date(text(row.get(rule.start))), text(row.get(rule.days))
            day: date | None = days_after(start, days) if start else None
            words = f"{text(row.get(rule.start))} and {days} days" if days.strip() else ""
        else:
            words = text(row.get(rule.column)) if rule.column else ""
            day = _WAYS[rule.way](words)
        if day is None and words.strip():
            self._lost.append(NotUnderstood(f"{where}, {rule.column or rule.days}", words, "It is no date."))
        return on_day(day, words if day is None else "")

    def _decide(
        self, party: FoundParty, charges: list[FoundCharge], row: Mapping[str, Any], where: str
    ) -> list[FoundCharge]:
        """Give the charges the outcome that the row's own word means, where it can only be meant of them."""
        words = text(row.get(self.mapping.outcome)) if self.mapping.outcome else ""
        if not words.strip():
            return charges
        slug = self.mapping.outcomes.get(words.strip())
        when = self._day(self.mapping.outcome_on, row, where)
        if slug is None:
            reason = "The mapping does not say what this means."
            self._lost.append(NotUnderstood(f"{where}, {self.mapping.outcome}", words, reason))
        elif slug in _OPEN and when.on is not None:
            reason = f"The row gives a day of decision ({when.on.isoformat()}) and no decision."
            self._lost.append(NotUnderstood(f"{where}, {self.mapping.outcome}", words, reason))
        if slug == "filed" and when.on is None:
            return [replace(charge, disposition="filed") for charge in charges]
        if slug == "charged_untold":
            return self._untold(charges, words)
        of_each = len(charges) == 1 or self.mapping.outcome_of == "charge" or words in self.mapping.outcomes_of_all
        said = Said(slug) if slug not in (None, "filed") and of_each else UNKNOWN
        if slug == "dismissed_unspecified":
            said = replace(said, prejudice="unspecified") if said != UNKNOWN else said
        if charges:
            key = f"outcome/{party.key}"
            told = tuple(charge.key for charge in charges)
            act = acts.decided(key, said, told, raw_text=words, when=when, about=(party.key,))
            self._acts.append(act if of_each else replace(act, title=_said_of(party, words)))
        return [replace(charge, disposition=said.disposition, disposed_on=when) for charge in charges]

    def _untold(self, charges: list[FoundCharge], words: str) -> list[FoundCharge]:
        """Let the act that brought the charges say that nothing more is told of them: no act of its own tells it."""
        outcomes = tuple(FoundOutcome(charge.key, "charged_untold", raw_text=words) for charge in charges)
        self._acts[-1] = replace(self._acts[-1], outcomes=outcomes)
        return [replace(charge, disposition="charged_untold") for charge in charges]

    def _sentence(
        self, party: FoundParty, charges: list[FoundCharge], row: Mapping[str, Any], where: str
    ) -> list[FoundCharge]:
        """Add the sentence; its parts only if every word of it is understood and there is one charge it is for."""
        columns = (*self.mapping.terms, *self.mapping.sums, *self.mapping.words)
        told = [(column, words) for column in columns if (words := text(row.get(column))).strip()]
        told = [(column, words) for column, words in told if words.strip() not in self.mapping.nothing]
        when = self._day(self.mapping.sentenced_on, row, where)
        if not told and when.on is None:
            return charges
        parts, understood = self._parts(told, where)
        only = charges[0].key if len(charges) == 1 else ""
        raw = "\n".join(f"{column}: {words}" for column, words in told)
        given = tuple(replace(part, charge=only) for part in parts) if only and understood else ()
        self._acts.append(acts.sentenced(f"sentence/{party.key}", given, raw_text=raw, when=when, about=(party.key,)))
        return [replace(charge, sentence_raw=raw) for charge in charges]

    def _parts(self, told: list[tuple[str, str]], where: str) -> tuple[list[FoundPart], bool]:
        parts: list[FoundPart] = []
        understood = True
        for column, words in told:
            read = self._part(column, words)
            parts += read
            understood = understood and bool(read)
            if not read and column not in self.mapping.words:
                self._lost.append(NotUnderstood(f"{where}, {column}", words, "It is no exact length or amount."))
        return parts, understood

    def _part(self, column: str, words: str) -> list[FoundPart]:
        if column in self.mapping.terms:
            length = term(words)
            kind = self.mapping.terms[column]
            return [FoundPart("", kind, raw_text=words, **length)] if length else []  # type: ignore[arg-type]  # lengths are numbers by their units
        if column in self.mapping.sums:
            amount = money(words)
            currency = self.mapping.currency
            part = FoundPart("", self.mapping.sums[column], amount=amount, currency=currency, raw_text=words)
            return [part] if amount else []
        return list(sentence_said(words).parts)

    def _later(
        self, party: FoundParty, charges: list[FoundCharge], row: Mapping[str, Any], where: str
    ) -> list[FoundCharge]:
        """Add what happened after all else: a conviction overturned, a pardon."""
        for place, later in enumerate(self.mapping.later):
            if text(row.get(later.column)) != later.value:
                continue
            slugs = [_effect(later, charge, self.mapping) for charge in charges]
            if any(slug is None for slug in slugs):
                reason = "It can not be true of a charge with this outcome: the row contradicts itself."
                words = f"{later.column}: {later.value}; {self.mapping.outcome}: {charges[0].disposition_raw}"
                self._lost.append(NotUnderstood(f"{where}, {later.column}", words, reason))
                self._left += [LeftOut(name, 1, reason) for name in self._counted(later)]
                continue
            words = f"{later.column}: {text(row.get(later.column))}"
            outcomes = tuple(
                FoundOutcome(charge.key, slug, raw_text=words)
                for charge, slug in zip(charges, slugs, strict=True)
                if slug
            )
            self._acts.append(
                FoundAct(
                    key=f"{later.column}/{party.key}",
                    title=later.title,
                    category=later.category,
                    kind=later.kind,
                    entry=False,
                    sequence=acts.UNDONE + place,
                    about=(party.key,),
                    outcomes=outcomes,
                    raw_text=words,
                )
            )
        return charges

    def _counted(self, later: Later) -> list[str]:
        """Return the names under which the account counts what a column says."""
        return [one.name for one in self.mapping.counts if (one.column, one.value) == (later.column, later.value)]

    def _notes(self, party: FoundParty, row: Mapping[str, Any]) -> None:
        """Add each line of the source's own chronicle, placed only if it is a plain arrest."""
        for words in _list(row.get(self.mapping.notes)) if self.mapping.notes else ():
            arrest = _ARRESTED.fullmatch(words.strip())
            day = us_date(arrest["on"]) if arrest else None
            key = f"note/{party.key}/{sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
            same = sum(1 for act in self._acts if act.key == key or act.key.startswith(f"{key}#"))
            self._acts.append(
                FoundAct(
                    key=key if not same else f"{key}#{same + 1}",
                    title=headline(words),
                    when=on_day(day),
                    category="incident" if day else "",
                    kind="arrest" if day else "",
                    about=(party.key,),
                    has_private=holds_private(words),
                    raw_text=words,
                )
            )


def _list(value: Any) -> list[str]:
    items = [value] if isinstance(value, str) else [text(item) for item in rows(value)]
    return [item for item in items if item.strip()]


def _effect(later: Later, charge: FoundCharge, mapping: TableMapping) -> str | None:
    """Return the outcome that a later event gives a charge; None if it can not have happened to it."""
    if charge.disposition.startswith("convicted"):
        return later.convicted
    return later.pending if mapping.outcomes.get(charge.disposition_raw.strip()) in _OPEN else None


def _said_of(party: FoundParty, words: str) -> str:
    return headline(f"{party.name}: “{words.strip()}”, as the source says of all charges together")


def plain_name(written: str, *, last_first: bool) -> tuple[str, tuple[str, ...]]:
    """Return the name in reading order, and what stands in brackets after "aka"."""
    found = _PARENTHESES.search(written)
    aliases = tuple(a.strip() for a in _AKA.split(found[1]) if a.strip()) if found else ()
    name = " ".join(_PARENTHESES.sub(" ", written).split())
    if last_first and name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        name = f"{first} {last}".strip()
    return one_line(name, 300), aliases
