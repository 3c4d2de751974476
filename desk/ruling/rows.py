"""The charges as rows: where each stands on the day, and one choice of what became of it; "all" for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.choices import label
from cases.law.vocabulary import CaseKind, ChargeClass
from cases.models import Case, Charge, Defendant, Disposition
from cases.timeline import mark_of
from desk.ruling import offers, several
from desk.ruling.docket import Docket
from desk.ruling.kinds import Kind

KEEP = "-"  # no change, whatever is chosen for all
ONE_OF_THESE = "Choose one of these outcomes."
NONE_OF_THESE = "None of these charges can end so. Choose for each charge by itself."


@dataclass
class Row:
    """One charge on the screen."""

    charge: Charge
    defendant: Defendant
    mark: str
    label: str
    wording: str
    cls: str
    likely: tuple[str, ...]
    value: str
    options: SafeString = field(default_factory=SafeString)
    error: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"outcome-{self.charge.pk}"

    @property
    def is_convicted(self) -> bool:
        """Whether it stands convicted before this act."""
        return self.cls == ChargeClass.CONVICTION


@dataclass
class Group:
    """The charges against one defendant, with a choice for all of them."""

    defendant: Defendant
    case: Case
    rows: list[Row] = field(default_factory=list)
    all_name: str = ""
    all_options: SafeString = field(default_factory=SafeString)
    all_error: str = ""
    lines: list[several.Several] = field(default_factory=list)

    @property
    def opens_lines(self) -> bool:
        """Whether the lines for several counts are shown at once: something is typed there."""
        return any(line.counts or line.value for line in self.lines)


@dataclass(frozen=True)
class Chosen:
    """What became of one charge."""

    charge: Charge
    disposition: Disposition


class Rows:
    """All charges that the act may decide about. ``errors`` are by the name of the field."""

    def __init__(
        self, docket: Docket, kind: Kind | None, decision: str, place: Case, *, day: date, data: Mapping[str, Any]
    ) -> None:
        self.kind, self.decision, self.data = kind, decision, data
        self.terms = {row.slug: row for row in Disposition.objects.order_by("cls", "label", "pk")}
        self.waits = kind is not None and kind.is_ruling and not data.get("decision")
        self.decides = kind is not None and not self.waits and offers.decides(kind, decision)
        self.errors: dict[str, str] = {}
        self.groups: list[Group] = []
        for case, defendant, charge in docket.charges_at(place):
            if not self.groups or self.groups[-1].defendant != defendant:
                self.groups.append(Group(defendant, case))
            self.groups[-1].rows.append(self._row(docket, case, defendant, charge, day))
        for group in self.groups:  # what another charge took the place of is rarely meant
            group.rows.sort(key=lambda row: row.cls == ChargeClass.REPLACED)
        self.all_name, self.all_options, self.all_error = "", SafeString(""), ""
        if self.decides:
            self._offer_all()
            self._offer_each()

    @property
    def expects_nothing(self) -> bool:
        """Whether such an act changes no charge as a rule, and nothing was chosen for one: a sentence, a pardon."""
        return not any(row.likely or row.value or row.error for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """Every row, in order."""
        return [row for group in self.groups for row in group.rows]

    def _row(self, docket: Docket, case: Case, defendant: Defendant, charge: Charge, day: date) -> Row:
        answer = docket.standing(charge, day)
        cls, term = (answer.cls.value, answer.term) if answer else ("", "")
        civil = case.kind == CaseKind.CIVIL
        likely: tuple[str, ...] = ()
        if self.kind is not None and answer is not None:
            likely = offers.likely(self.kind, self.decision, cls, term, civil=civil)
        likely = tuple(slug for slug in likely if slug in self.terms and slug != term)
        value = str(self.data.get(f"outcome-{charge.pk}", "")).replace("\0", "")
        return Row(
            charge=charge,
            defendant=defendant,
            mark=mark_of(answer.cls, answer.term) if answer else "unknown",
            label=answer.label if answer else "Not brought yet on that day",
            wording=answer.wording if answer else "",
            cls=cls,
            likely=likely,
            value=value,
        )

    def _offer_all(self) -> None:
        """Offer to choose for all of a defendant's charges, and for all of the case, where there are several.

        What was chosen and can not be any more, because the date or the kind was changed, is shown, to be refused.
        """
        for group in self.groups:
            name = f"all-{group.defendant.pk}"
            if options := self._all_of(group.rows, name):
                group.all_name, group.all_options = name, options
            self._offer_several(group)
        if (len(self.groups) > 1 or self.data.get("all")) and (options := self._all_of(self.rows, "all")):
            self.all_name, self.all_options = "all", options

    def _offer_several(self, group: Group) -> None:
        """Offer lines in which counts are named by their numbers, where a defendant has many."""
        numbered = [row for row in group.rows if row.charge.count and row.likely]
        if len(numbered) < several.OFFERED_FROM:
            return
        shared = list(dict.fromkeys(slug for row in numbered for slug in row.likely))
        offered = [("", "Choose"), *((slug, self.terms[slug].label) for slug in shared)]
        group.lines = [
            several.Several(name, counts, value, _plain(offered, value))
            for name, counts, value in several.lines_for(group.defendant.pk, self.data)
        ]

    def _offer_each(self) -> None:
        terms = tuple(self.terms.values())
        for group in self.groups:
            keep = bool(group.all_name or self.all_name or group.lines)
            for row in group.rows:
                row.options = _options(row.likely, terms, row.value, keep=keep or row.value == KEEP)

    def _all_of(self, rows: list[Row], name: str) -> SafeString:
        shared = list(dict.fromkeys(slug for row in rows for slug in row.likely))
        value = str(self.data.get(name, ""))
        if sum(bool(row.likely) for row in rows) < 2 and not value:
            return SafeString("")
        return _plain([("", "Choose for each"), *((slug, self.terms[slug].label) for slug in shared)], value)

    def chosen(self) -> list[Chosen]:
        """Return what was chosen, in the order of the rows. What can not be chosen becomes an error."""
        if not self.decides:
            return []
        found = [pair for group in self.groups for pair in self._of_group(group)]
        every = str(self.data.get("all", "")) if self.all_name else ""
        if every and not any(slug == every for _, slug in found):
            self.all_error = self.errors["all"] = NONE_OF_THESE
        return [Chosen(row.charge, self.terms[slug]) for row, slug in found]

    def _of_group(self, group: Group) -> list[tuple[Row, str]]:
        own = str(self.data.get(group.all_name, "")) if group.all_name else ""
        every = own or (str(self.data.get("all", "")) if self.all_name else "")
        found = []
        meant = several.by_number((row.charge.count, row, row.likely) for row in group.rows)
        named = several.apply(
            group.lines, {count: some[0][1] if len(some) == 1 else None for count, some in meant.items()}
        )
        by_row = {meant[count][0][0].charge.pk: slug for count, slug in named.items()}
        self.errors |= {line.counts_name: line.error for line in group.lines if line.error}
        for row in group.rows:
            slug = row.value or by_row.get(row.charge.pk, "") or (every if every in row.likely else "")
            if slug not in ("", KEEP) and slug not in self.terms:
                row.error = self.errors[row.name] = ONE_OF_THESE
            elif slug not in ("", KEEP):
                found.append((row, slug))
        if own and not any(slug == own for _, slug in found):
            group.all_error = self.errors[group.all_name] = NONE_OF_THESE
        return found


@cache
def _more(terms: tuple[tuple[str, str, str], ...], likely: tuple[str, ...]) -> SafeString:
    """Return the options behind "More", by class, without those that stand first. Rows of one state share them."""
    classes = dict.fromkeys(cls for _, cls, _ in terms)
    groups = []
    for cls in classes:
        rows = [(slug, text) for slug, own, text in terms if own == cls and slug not in likely]
        if rows:
            inner = format_html_join("", '<option value="{}">{}</option>', rows)
            groups.append(format_html('<optgroup label="More: {}">{}</optgroup>', label(cls).lower(), inner))
    return SafeString("".join(groups))


def _options(likely: tuple[str, ...], terms: tuple[Disposition, ...], value: str, *, keep: bool) -> SafeString:
    labels = {term.slug: term.label for term in terms}
    first = [("", "No change"), *((slug, labels[slug]) for slug in likely)]
    first += [(KEEP, "No change, even if chosen for all")] if keep else []
    chosen_more = value in labels and value not in likely
    if chosen_more:  # chosen among "More": it stands first from then on, so that those below can be shared
        first.insert(1, (value, labels[value]))
    more = _more(tuple((t.slug, t.cls, t.label) for t in terms), (*likely, value) if chosen_more else likely)
    return SafeString(_plain(first, value) + more)


def _plain(rows: Iterable[tuple[str, str]], value: str) -> SafeString:
    told = ((slug, SafeString(" selected") if slug == value else "", text) for slug, text in rows)
    return format_html_join("", '<option value="{}"{}>{}</option>', told)
