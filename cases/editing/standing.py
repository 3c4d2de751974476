"""Rules that span several rows: what must hold of acts, cases and matters when a sitting ends."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.choices import Editorial, SourceKind, Stance
from cases.guard import needs_source
from cases.law.vocabulary import APPEAL_RELATIONS, Category, Decision, Occurrence
from cases.models import Case, CaseRelation, Charge, Citation, Defendant, Event, Matter

NOT_YET = "This day has not come yet. Correct the date, or set the act to “Scheduled” until it was held."
WHAT_IT_DID = (
    "Enter what it did to each charge, as outcomes of this act, before it is public. Without them readers would be "
    "told of a decision, and be shown charges that stand as before or are not known."
)
# Of these, if granted, readers believe that a charge has ended, or that a conviction has.
_ENDING = ("dismiss", "new_trial", "acquittal")
_GRANTED = ("", Decision.GRANTED, Decision.GRANTED_IN_PART)
_SUPPORT = Citation.objects.filter(event=OuterRef("pk"), stance=Stance.SUPPORTS).exclude(source__kind=SourceKind.TIP)


def unsupported_acts() -> list[Event]:
    """Return the published acts that no source supports other than a tip; there should be none."""
    return list(Event.objects.published().filter(~Exists(_SUPPORT)).order_by("pk"))


def check_acts(acts: Iterable[int], *, on: date) -> None:
    """Raise ``ValidationError`` where an act says what it can not ``on`` that day, or is public without a source."""
    rows = Event.objects.filter(pk__in=set(acts)).annotate(supported=Exists(_SUPPORT)).order_by("pk")
    for act in rows:
        if act.occurrence == Occurrence.HELD and act.when.is_known and act.when.earliest > on:
            raise ValidationError({"on": NOT_YET})
        _check_effects(act)
        _check_defendants(act)
        if act.editorial_state == Editorial.PUBLISHED and not act.supported:
            raise ValidationError(needs_source(act), code="no_source")
        if act.editorial_state == Editorial.PUBLISHED:
            _check_decides(act)
            _check_charges_are_public(act)


def _check_decides(act: Event) -> None:
    """Refuse a decision about charges that does not say what it did to them."""
    ends = act.category == Category.VERDICT or (
        act.category == Category.RULING and act.kind in _ENDING and act.decision in _GRANTED
    )
    if not ends or act.occurrence != Occurrence.HELD or act.reverses_id is not None or act.outcomes.exists():
        return
    charges = Charge.objects.filter(defendant__case=act.case_id)
    if concerned := list(act.defendants.values_list("pk", flat=True)):
        charges = charges.filter(defendant__in=concerned)
    if act.case_id is not None and charges.exists():
        raise ValidationError(f"“{act.title}”: {WHAT_IT_DID}", code="no_outcome")


def _check_charges_are_public(act: Event) -> None:
    """Refuse to tell what became of a charge, or what it was punished with, while nobody may read who brought it."""
    hidden = Event.objects.exclude(editorial_state=Editorial.PUBLISHED).filter(
        Q(creates__outcomes__event=act) | Q(creates__sentence_parts__event=act)
    )
    if bringing := hidden.order_by("pk").first():
        raise ValidationError(
            f"“{act.title}” says what became of a charge that “{bringing.title}” brought, and that act is not public. "
            f"Publish “{bringing.title}” first, or withdraw “{act.title}” first."
        )


def _check_effects(act: Event) -> None:
    charged = "charge__defendant"  # asked for with the rows: an act may have two hundred of them
    effects_of = (
        act.creates.select_related("defendant", "enhances", "replaces__defendant"),
        act.outcomes.select_related("disposition", charged),
        act.sentence_parts.select_related(charged),
    )
    for effects in effects_of:
        for effect in effects:
            try:
                effect.clean()
            except ValidationError as refusal:
                raise ValidationError(f"{effect}: {' '.join(refusal.messages)}") from refusal


def _check_defendants(act: Event) -> None:
    strangers = act.defendants.exclude(pk__in=defendants_within_reach(act)).order_by("pk")
    if stranger := strangers.first():
        raise ValidationError(
            {"defendants": f"{stranger.person} is not a defendant of this case, nor of one that it is an appeal of."}
        )


def defendants_within_reach(act: Event) -> QuerySet[Defendant]:
    """Return whom an act may concern: the defendants of its case and of what it is an appeal of, or of its matter."""
    if act.matter_id is not None:
        return Defendant.objects.filter(case__matter=act.matter_id)
    if act.case_id is None:
        return Defendant.objects.none()
    return Defendant.objects.filter(case__in=[act.case_id, *cases_acted_on(act.case_id)])


def cases_acted_on(case_id: int) -> list[int]:
    """Return the ids of the cases that an act of this one may decide about: those it is an appeal of."""
    relations = CaseRelation.objects.filter(case=case_id, kind__in=sorted(APPEAL_RELATIONS), target__isnull=False)
    return sorted({relation.target_id for relation in relations if relation.target_id is not None})


def obstacles(thing: Event | Case | Matter) -> list[str]:
    """Return, in sentences, the rules that would forbid ``thing`` to be public as it is now; its source apart."""
    told: list[str] = []
    if isinstance(thing, Event):
        for check in (_check_effects, _check_defendants, _check_decides, _check_charges_are_public):
            try:
                check(thing)
            except ValidationError as refusal:
                told += refusal.messages
    elif isinstance(thing, Case):
        if not thing.is_sealed and not thing.events.published().exists():
            told.append(_needs_act(thing))
    elif not (thing.cases.published().exists() or thing.events.published().exists()):
        told.append(_needs_case(thing))
    return told


def _needs_act(case: Case) -> str:
    return (
        f"“{case}” can not be public without a published act: its name alone would accuse somebody without a "
        "source. Publish one of its acts first, or withdraw the case first."
    )


def _needs_case(matter: Matter) -> str:
    return (
        f"“{matter}” can not be public without a published case or act. "
        "Publish one first, or withdraw the matter first."
    )


def check_cases(cases: Iterable[int]) -> None:
    """Raise ``ValidationError`` where a case is public without a public act. A sealed one is a tombstone anyway."""
    published = Event.objects.published().filter(case=OuterRef("pk"))
    rows = Case.objects.listed().filter(~Exists(published), pk__in=set(cases))
    for case in rows.order_by("pk"):
        raise ValidationError(_needs_act(case))


def check_matters(matters: Iterable[int]) -> None:
    """Raise ``ValidationError`` where a matter is public, and neither a case nor an act of it is."""
    cases = Case.objects.published().filter(matter=OuterRef("pk"))
    acts = Event.objects.published().filter(matter=OuterRef("pk"))
    rows = Matter.objects.published().filter(~Exists(cases), ~Exists(acts), pk__in=set(matters))
    for matter in rows.order_by("pk"):
        raise ValidationError(_needs_case(matter))
