"""The verbs of going back: a row says again what it said, and what was removed is there again.

Each is an edit like any other, by whoever restores: every rule is asked, and what has a verb of its own (publication,
seals, addresses) stays as it is now. The words stay those of everybody who wrote them once.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from cases.choices import Editorial
from cases.editing import looking
from cases.editing.authorship import credit
from cases.editing.rights import PUBLISH_OWN, owners_of
from cases.editing.sitting import sitting
from cases.editing.writing import Row, concern, save
from cases.history import Names, State, kept_as, writers_of
from cases.history.layout import BELOW, AnyModel, facts
from cases.models import Case, Concern, Defendant, Event, Matter, Source
from people.models import Person

# A seal, a withheld name and a state have verbs of their own; readers know an address for ever.
STAYS = frozenset(
    ["slug", "editorial_state", "visibility", "sealed_basis", "sealed_on", "not_named_because", "verified_on"]
)
EMPTIED = "A seal has removed what was written here, on purpose. It can not come back."
THERE = "“{}” is there already."
FIRST = "{} was “{}”, which is no longer there. Bring that back first."
NO_ROW = "Nothing is left to restore it to: it was removed. Bring it back from the list of deletions."
# What is brought back first, because others rest on it.
_FIRST: tuple[AnyModel, ...] = (Person, Source, Matter, Case, Event, Defendant)


def restored(state: State) -> Model:
    """Return the stored row with the facts of ``state``, not yet written. Raises ``ValidationError``."""
    if state.values is None:
        raise ValidationError(EMPTIED)
    row = state.model._base_manager.filter(pk=state.pk).first()
    if row is None:
        raise ValidationError(NO_ROW)
    for field in facts(state.model):
        value = state.values.get(field.attname)
        if field.name not in STAYS and (value is not None or field.null):
            setattr(row, field.attname, value)
    _refuse_dangling(row)
    return row


def restore(state: State, *, by: User) -> Model:
    """Let a row say again what it said in ``state``. Raises ``ValidationError`` as a form would that said the same."""
    with sitting(by=by):
        row = restored(state)
        now = state.model._base_manager.get(pk=state.pk)
        told = {f.attname for f in facts(state.model) if getattr(row, f.attname) != getattr(now, f.attname)}
        saved = save(row, by=by)
        _credit_earlier(saved, told, by=by)
        return saved


def put_back(row: Row, columns: Iterable[str], *, by: User) -> Row:
    """Save a row of which these columns, by attribute, say again what they said once: an undo is nobody's own words."""
    with sitting(by=by):
        saved = save(row, by=by)
        _credit_earlier(saved, columns, by=by)
        return saved


def credit_words(row: Model, *, writers: Iterable[int], by: User, what: str = "an earlier wording") -> None:
    """Note that what ``by`` wrote in a row are words of these accounts as well: they do not publish or confirm it."""
    others = set(writers) - {by.pk}
    credit(owners_of(row), writers=others)
    if others and not by.has_perm(PUBLISH_OWN):
        looking.ask_for(looking.subjects_of(row), what, by=by, writers=others)


def _credit_earlier(row: Model, columns: Iterable[str], *, by: User) -> None:
    """Note that these words are those of who wrote them once, and not only of who brings them back."""
    if (model := kept_as(type(row))) is not None:
        values = {name: getattr(row, name) for name in columns}
        credit_words(row, writers=writers_of(model, row.pk, values), by=by)


def bring_back(states: Iterable[State], *, by: User) -> list[Model]:
    """Enter removed rows again, as they last stood and with their old numbers, all or none; acts and cases as drafts.

    Raises ``ValidationError`` where a rule forbids it, or something they rest on is not there.
    """
    found: list[Model] = []
    concerned: dict[int, list[int]] = {}
    told: dict[int, set[int]] = {}
    with sitting(by=by):
        for state in sorted(states, key=_order):
            if state.values is None:
                raise ValidationError(EMPTIED)
            if state.model is Concern:
                concerned.setdefault(state.values["event_id"], []).append(state.values["defendant_id"])
                said = writers_of(Concern, state.pk, state.values)
                told.setdefault(state.values["event_id"], set()).update(said)
                continue
            found.append(_entered_again(state, by))
        for act_id, ids in sorted(concerned.items()):
            found += _concerned_again(act_id, ids, by)
            credit(Event.objects.filter(pk=act_id), writers=told[act_id])
    return found


def _order(state: State) -> tuple[int, int, str, int]:
    place = _FIRST.index(state.model) if state.model in _FIRST else len(_FIRST)
    return (place, 0 if state.model in BELOW else 1, state.model._meta.label, state.pk)


def _entered_again(state: State, by: User) -> Model:
    row = state.instance()
    if state.model._base_manager.filter(pk=state.pk).exists():
        raise ValidationError(THERE.format(row))
    if hasattr(row, "editorial_state"):
        row.editorial_state = Editorial.DRAFT
    _refuse_dangling(row)
    saved = save(row, by=by)
    _credit_earlier(saved, [field.attname for field in facts(state.model)], by=by)
    return saved


def _concerned_again(act_id: int, ids: list[int], by: User) -> list[Model]:
    act = Event.objects.filter(pk=act_id).first()
    if act is None:
        raise ValidationError(FIRST.format("The act", Names().of(Event, act_id)))
    wanted = {*act.defendants.values_list("pk", flat=True), *ids}
    concern(act, defendants=list(Defendant.objects.filter(pk__in=wanted)), by=by)
    return list(Concern._base_manager.filter(event=act_id, defendant__in=ids))


def _refuse_dangling(row: Model) -> None:
    """Refuse what points to a row that is gone, by its name."""
    for field in facts(type(row)):
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and value is not None:
            model: AnyModel = field.related_model
            if not model._base_manager.filter(pk=value).exists():
                label = str(field.verbose_name).capitalize()
                raise ValidationError(FIRST.format(label, Names().of(model, value)))
