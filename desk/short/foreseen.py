"""What a charging document will do, told before it is written: by the same law as of a ruling, in the same words."""

from functools import cached_property

from cases.law.vocabulary import CaseKind
from cases.models import Case, Charge, Outcome
from desk.publishing import Line
from desk.ruling import guarding
from desk.ruling.docket import Docket
from desk.ruling.drafts import Draft
from desk.ruling.foresight import Foresight, foresee
from desk.short.writing import Entry, merged_term

# The field of the form in which an item of the guard is mended, by its code or by the first words that fit.
_FIELDS: guarding.Places = (
    ("no_source", "", "id_source-source"),
    ("one_report", "", "id_source-source"),
    ("told_before", "", "id_source-source"),
    ("order_uncertain", "", "id_on"),
    ("", "The text", "id_text"),
    ("", "A quotation", "id_source-quote"),
    ("", "The name of a source", "id_source-title"),
    ("", "", "id_title"),
)


class Foreseen:
    """What the record will say once a charging document is in it. The entry is judged: it is none that is shown."""

    kind = True  # there is always something to tell, were it only what is missing

    def __init__(self, entry: Entry, case: Case, docket: Docket) -> None:
        self.entry, self.case = entry, case
        self.is_good = entry.act.is_valid() and entry.charges is not None and entry.charges.is_valid()
        self._docket = docket

    @property
    def noun(self) -> str:
        """What is brought: charges, or in a civil case claims."""
        return "claim" if self.case.kind == CaseKind.CIVIL else "charge"

    @cached_property
    def drafts(self) -> list[Draft]:
        """The act with what it brings; empty where something is missing or wrong."""
        entry = self.entry
        if not self.is_good or entry.charges is None:
            return []
        act = entry.act.act()
        brought = entry.charges.brought(act, instrument=entry.act.kind.instrument, how=entry.how)
        outcomes = [Outcome(event=act, charge=old, disposition=merged_term(), merged_into=new)
                    for _, old, new in brought.merged]  # fmt: skip
        cited = entry.sourcing.citation(act) if entry.sourcing.is_valid() and not entry.sourcing.is_blank else None
        charges = [self._loaded(charge) for _, charge in brought.charges]
        return [Draft(act, outcomes, [], entry.concerned(), [cited] if cited is not None else [], charges)]

    def _loaded(self, charge: Charge) -> Charge:
        charge.defendant.case = self.case
        return charge

    @cached_property
    def docket(self) -> Docket:
        """The records on which it bears: those of other cases too, whose charges are brought again."""
        others = {
            row.replaces.defendant.case_id for draft in self.drafts for row in draft.charges if row.replaces is not None
        }
        beyond = tuple(sorted(others - {case.pk for case in self._docket.places}))
        return Docket(self.case, self._docket.today, beyond) if beyond else self._docket

    @cached_property
    def foresight(self) -> Foresight | None:
        """What the record will say; None while something that every such act needs is missing."""
        return foresee(self.docket, self.drafts, self.case) if self.drafts else None

    @cached_property
    def guard(self) -> list[Line]:
        """What stands between the act and the public, each with the place where it is mended."""
        return guarding.lines(self.docket, self.drafts, places=_FIELDS) if self.drafts else []

    @property
    def amiss(self) -> list[str]:
        """What is missing or wrong of all that the record needs to say anything."""
        act, rows = self.entry.act, self.entry.charges
        wrong = {name: " ".join(map(str, words)) for name, words in act.errors.items() if name in act.fields}
        told = [f"{act[name].label}: {words}" for name, words in wrong.items()]
        if rows is None:
            return told
        for number, row in enumerate(rows.forms, start=1):
            told += [f"{self.noun.capitalize()} {number}: {' '.join(map(str, words))}" for words in row.errors.values()]
        return told + [str(words) for words in rows.non_form_errors()]
