"""Forgetting on purpose: what is sealed, and names that are withheld, do not live on in the history.

A sitting does it at its end, whenever something hidden was touched, so an edit of a sealed record leaves no new trace
either. The rows of history stay, with who and when; what they said is emptied, and can not be restored. The record
itself keeps what it says now.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Q, TextField

from cases.editing.around import Around, Namers, around, beside, homes_of_acts
from cases.history.layout import BELOW, AnyModel, history_of, ids_below, kept, tracked_models
from cases.models import (
    Case,
    CaseRelation,
    Citation,
    Concern,
    Correction,
    CorrectionPlace,
    Defendant,
    Entry,
    Event,
    Matter,
    Participant,
    Source,
)
from cases.surnames import Said, said
from cases.withheld import short_surnames
from people.choices import NAMED, Visibility
from people.models import Merge, Name, Person, Standing
from people.names import fold, parts_in, telling_parts, tokens
from people.tracking import PURGED

LOGGED = "(removed by a seal)"
PATIENCE = "5min"
_PLAIN = str.maketrans("", "", "\\%_")  # what means something in a pattern


@dataclass(slots=True)
class Hidden:
    """What is to be forgotten: whole rows by their ids, and names wherever they stand near; some of them anywhere."""

    rows: dict[AnyModel, set[int]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    everywhere: set[str] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    matters: set[int] = field(default_factory=set)
    around: Around = field(default_factory=Around)

    def add(self, model: AnyModel, pks: Iterable[int]) -> None:
        """Forget these rows, whatever they said."""
        self.rows.setdefault(model, set()).update(pks)

    @property
    def words(self) -> frozenset[str]:
        """The folded words of the names that count, and whole names that have none."""
        return telling_parts(self.names)

    def held_by(self) -> Callable[[str], bool]:
        """Return what tells whether a text has a word of the names; a very short surname where it is one surely."""
        words, short = self.words, short_surnames(self.names)

        def holds(text: str) -> bool:
            return bool(parts_in(fold(text), words)) or any(said(text, name) is Said.SURELY for name in short)

        return holds


def forget_hidden(*, cases: set[int], persons: set[int], matters: Iterable[int] = (), acts: Iterable[int] = ()) -> None:
    """Empty the history of what is sealed, and of withheld names, in and around these cases, acts, matters and persons.

    What the desk keeps of forms that came too late, triggers drop (``desk.signin``).
    """
    of_acts, of_matters = homes_of_acts(acts)
    cases, within = cases | of_acts, of_matters | set(matters)
    hidden = Hidden(around=around(cases, within))
    _sealed_cases(hidden, cases)
    _hidden_defendants(hidden, cases)
    _hidden_parties(hidden, cases)
    silent = Person.objects.filter(pk__in=persons | _persons_in(cases)).exclude(visibility__in=NAMED)
    _persons(hidden, set(silent.values_list("pk", flat=True)))
    if hidden.rows or hidden.names:
        _empty_rows(hidden)
        _empty_mentions(hidden)
        _empty_log(hidden)
        _empty_answers(hidden)
    if hidden.around.persons:
        _empty_around(hidden.around)


def _persons_in(cases: set[int]) -> set[int]:
    """Return who has a part in these cases. One question a table: a join of them all would read everybody."""
    return {
        *Defendant.objects.filter(case__in=cases).values_list("person_id", flat=True),
        *Participant.objects.filter(case__in=cases).values_list("person_id", flat=True),
        *Event.objects.filter(case__in=cases, actor__isnull=False).values_list("actor_id", flat=True),
    }


def homes_of(persons: set[int]) -> tuple[set[int], set[int]]:
    """Return the cases and the matters in which these persons have a part."""
    roles = Participant.objects.filter(person__in=persons).values_list("case_id", "matter_id")
    acts = Event.objects.filter(actor__in=persons).values_list("case_id", "matter_id")
    once = history_of(Participant)._base_manager.filter(person__in=persons).values_list("case", "matter")
    homes = [*roles, *acts, *once]
    cases = {case for case, _ in homes if case is not None}
    cases |= set(Defendant.objects.filter(person__in=persons).values_list("case_id", flat=True))
    accused = history_of(Defendant)._base_manager.filter(person__in=persons, case__isnull=False)
    cases |= set(accused.values_list("case", flat=True))
    matters = {matter for _, matter in homes if matter is not None}
    above = Case.objects.filter(pk__in=cases, matter__isnull=False).values_list("matter_id", flat=True)
    return cases, matters | set(above)


def _sealed_cases(hidden: Hidden, cases: set[int]) -> None:
    sealed = set(Case.objects.filter(pk__in=cases, visibility=Visibility.SEALED).values_list("pk", flat=True))
    if sealed:
        for model, pks in ids_below(Case, sealed).items():
            hidden.add(model, pks)
        told = CorrectionPlace.objects.filter(case__in=sealed).values_list("correction_id", flat=True)
        elsewhere = CorrectionPlace.objects.filter(correction__in=list(told)).exclude(case__in=sealed)
        hidden.add(Correction, set(told) - set(elsewhere.values_list("correction_id", flat=True)))


def _hidden_defendants(hidden: Hidden, cases: set[int]) -> None:
    """A sealed defendant with all that is theirs; and the name of whoever is shown nowhere else."""
    rows = Defendant.objects.filter(case__in=cases).exclude(visibility__in=NAMED, case__visibility__in=NAMED)
    for defendant in rows.select_related("person", "case"):
        if defendant.visibility == Visibility.SEALED:
            for model, pks in ids_below(Defendant, {defendant.pk}).items():
                hidden.add(model, pks)
            concerned = history_of(Concern)._base_manager.filter(defendant=defendant.pk)
            hidden.add(Concern, concerned.values_list("id", flat=True))
        hidden.names |= names_of({defendant.person_id})
        hidden.cases |= _with_appeals({defendant.case_id})
        if defendant.person.derived_standing == Standing.NOTHING:
            _persons(hidden, {defendant.person_id})


def _hidden_parties(hidden: Hidden, cases: set[int]) -> None:
    """Whoever else has a part in a case that is hidden as a whole, and is shown nowhere else."""
    rows = Participant.objects.filter(case__in=cases).exclude(case__visibility__in=NAMED).select_related("person")
    silent = {row.person_id for row in rows if row.person.derived_standing == Standing.NOTHING}
    _persons(hidden, silent)


def _persons(hidden: Hidden, persons: set[int]) -> None:
    """Forget persons: their rows, those who were merged into them, and their names in all their cases."""
    if not persons:
        return
    merged = Merge.objects.filter(kept__in=persons).values_list("record", flat=True)
    everybody = persons | {int(record["person"]["id"]) for record in merged}
    hidden.names |= names_of(persons)
    cases, matters = homes_of(persons)
    if history_of(Person)._base_manager.filter(id__in=everybody).exclude(pgh_label=PURGED).exists():
        hidden.everywhere |= names_of(persons)  # hidden since the last time, or written anew
        hidden.around.cases |= beside(set(), matters) | _with_appeals(cases)
        hidden.around.matters |= matters
        hidden.around.persons |= persons
    for model, pks in ids_below(Person, everybody).items():
        hidden.add(model, pks)
    hidden.cases |= _with_appeals(cases)
    hidden.matters |= matters


def names_of(persons: set[int]) -> set[str]:
    """Every name these persons have or had, those of who was merged into them included."""
    told = set(Person.objects.filter(pk__in=persons).values_list("name", flat=True))
    told |= set(Name.objects.filter(person__in=persons).values_list("text", flat=True))
    told |= set(history_of(Person)._base_manager.filter(id__in=persons).values_list("name", flat=True))
    told |= set(history_of(Name)._base_manager.filter(person__in=persons).values_list("text", flat=True))
    told |= set(Merge.objects.filter(kept__in=persons).values_list("absorbed_name", flat=True))
    return {name for name in told if name}


def _with_appeals(cases: set[int]) -> set[int]:
    ends = CaseRelation.objects.filter(Q(case__in=cases) | Q(target__in=cases), target__isnull=False)
    return cases | {pk for pair in ends.values_list("case_id", "target_id") for pk in pair if pk is not None}


# --- emptying -----------------------------------------------------------------------------------------------------


def _stays(model: AnyModel) -> set[str]:
    """The columns by which a row is found below another: numbers, that name nobody."""
    return {column for lower in BELOW.values() for below, column in lower if below is model}


def _empty(model: AnyModel, rows: Any) -> None:
    gone = {f.name: None for f in kept(model) if not f.primary_key and f.name not in _stays(model)}
    rows.exclude(pgh_label=PURGED).update(pgh_label=PURGED, **gone)


def _empty_rows(hidden: Hidden) -> None:
    for model, pks in hidden.rows.items():
        _empty(model, history_of(model)._base_manager.filter(id__in=pks))


def _empty_mentions(hidden: Hidden) -> None:
    """Empty each state near what is hidden that has a word of the names; and any, anywhere, that has a whole name."""
    if not hidden.names:
        return
    _empty_what(hidden.held_by(), _near(hidden.cases, hidden.matters))
    whole = [name for name in hidden.everywhere if len(tokens(name)) > 1]
    if whole:
        _empty_anywhere([*whole, *("-".join(tokens(name)) for name in whole)])


def _empty_around(where: Around) -> None:
    """Empty each state of the cases and matters around that surely names somebody who is hidden beside them."""
    namers: Namers = where.namers()
    if namers.persons:
        _empty_what(namers.name, _near(where.cases, where.matters))


def _empty_what(holds: Callable[[str], bool], rows: dict[AnyModel, set[int]]) -> None:
    for model, pks in rows.items():
        texts = _texts(model)
        states = history_of(model)._base_manager.filter(id__in=pks).exclude(pgh_label=PURGED)
        told = [
            position
            for position, *found in states.values_list("pgh_id", *texts)
            if holds(" ".join(text for text in found if text))
        ]
        _empty(model, history_of(model)._base_manager.filter(pgh_id__in=told))


def _empty_anywhere(names: list[str]) -> None:
    """Read every table of history whole, once, when somebody is hidden: that may take longer than a page may."""
    patterns = ["%" + name.translate(_PLAIN) + "%" for name in names]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        (usual,) = cursor.fetchone()
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
        for model in tracked_models():
            if texts := _texts(model):
                table = history_of(model)._meta.db_table
                columns = ", ".join(f'"{name}"' for name in texts)
                cursor.execute(
                    f'SELECT pgh_id FROM "{table}" '  # noqa: S608 - names of ours
                    f"WHERE pgh_label <> '{PURGED}' AND concat_ws(' ', {columns}) ILIKE ANY (%s)",
                    [patterns],
                )
                _empty(model, history_of(model)._base_manager.filter(pgh_id__in=[pk for (pk,) in cursor.fetchall()]))
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [usual])


def _texts(model: AnyModel) -> list[str]:
    names = {field.name for field in kept(model)}
    columns = history_of(model)._meta.concrete_fields
    return [field.name for field in columns if isinstance(field, TextField) and field.name in names]


def _near(cases: set[int], matters: set[int]) -> dict[AnyModel, set[int]]:
    """Return the rows in which names may stand: of cases and matters, and the sources and corrections told there."""
    found = ids_below(Case, cases) if cases else {}
    for model, pks in (ids_below(Matter, matters) if matters else {}).items():
        found.setdefault(model, set()).update(pks)
    cited = history_of(Citation)._base_manager.filter(event__in=found.get(Event, set()), source__isnull=False)
    live = Citation.objects.filter(event__in=found.get(Event, set()))
    sources = {*cited.values_list("source", flat=True), *live.values_list("source_id", flat=True)}
    listed = Q(case__in=cases) | Q(matter__in=matters)
    corrections = set(CorrectionPlace.objects.filter(listed).values_list("correction_id", flat=True))
    return found | {Source: sources, Correction: corrections}


def _empty_log(hidden: Hidden) -> None:
    """Take the names out of the desk's log of who saved what."""
    holds, whole = hidden.held_by(), Q()
    for model, pks in [*hidden.rows.items(), *_near(hidden.cases, hidden.matters).items()]:
        kind = Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
        whole |= kind & Q(object_id__in=[str(pk) for pk in pks])
    entries = LogEntry.objects.filter(whole).values_list("pk", "object_repr", "change_message") if whole else []
    held = [pk for pk, title, message in entries if holds(f"{title} {message}")]
    LogEntry.objects.filter(pk__in=held).update(object_repr=LOGGED, change_message="")


def _empty_answers(hidden: Hidden) -> None:
    """Drop the answers to forms in a window of their own: they hold the name that was entered there."""
    words = hidden.words
    told = Entry.objects.filter(led_to__startswith="{").values_list("pk", "led_to")
    Entry.objects.filter(pk__in=[pk for pk, led in told if parts_in(fold(_unescaped(led)), words)]).delete()


def _unescaped(answer: str) -> str:
    """Return a stored answer, with its letters as they are read."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), answer)
