"""Rules that span several rows: what must hold of acts, cases and matters when a sitting ends."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from cases.choices import Editorial, SourceKind, Stance
from cases.law.vocabulary import APPEAL_RELATIONS
from cases.models import Case, CaseRelation, Citation, Defendant, Event, Matter
from people.choices import Visibility

_SUPPORT = Citation.objects.filter(event=OuterRef("pk"), stance=Stance.SUPPORTS).exclude(source__kind=SourceKind.TIP)


def unsupported_acts() -> list[Event]:
    """Return the published acts that no source supports other than a tip; there should be none."""
    return list(Event.objects.published().filter(~Exists(_SUPPORT)).order_by("pk"))


def check_acts(acts: Iterable[int]) -> None:
    """Raise ``ValidationError`` where an act says what it can not, or is public without a source."""
    rows = Event.objects.filter(pk__in=set(acts)).annotate(supported=Exists(_SUPPORT)).order_by("pk")
    for act in rows:
        _check_effects(act)
        _check_defendants(act)
        if act.editorial_state == Editorial.PUBLISHED and not act.supported:
            raise ValidationError(
                f"“{act.title}” can not be public without a source that supports it, and a tip is none. "
                "Add such a citation, or leave the act unpublished."
            )


def _check_effects(act: Event) -> None:
    for effects in (act.creates.all(), act.outcomes.all(), act.sentence_parts.all()):
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


def check_cases(cases: Iterable[int]) -> None:
    """Raise ``ValidationError`` where a case or its matter is public and rests on nothing that is."""
    rows = Case.objects.filter(pk__in=set(cases)).select_related("matter").order_by("pk")
    for case in rows:
        check_case(case)
        if case.matter is not None:
            check_matter(case.matter)


def check_case(case: Case) -> None:
    """Raise ``ValidationError`` if the case is public without a public act."""
    if case.editorial_state != Editorial.PUBLISHED or case.visibility == Visibility.SEALED:
        return
    if not Event.objects.published().filter(case=case).exists():
        raise ValidationError(
            f"“{case}” can not be public without a published act: its name alone would accuse somebody without a "
            "source. Publish one of its acts first, or withdraw the case first."
        )


def check_matter(matter: Matter) -> None:
    """Raise ``ValidationError`` if the matter is public and neither a case nor an act of it is."""
    if matter.editorial_state != Editorial.PUBLISHED:
        return
    if matter.cases.published().exists() or Event.objects.published().filter(matter=matter).exists():
        return
    raise ValidationError(
        f"“{matter}” can not be public without a published case or act. "
        "Publish one first, or withdraw the matter first."
    )
