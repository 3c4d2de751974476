"""What the record says now, for an editor: the public answer, and the one that counts the drafts as well."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from cases.dossier import load_case
from cases.law.answers import CaseAnswer, ChargeAnswer, DefendantAnswer
from cases.law.vocabulary import CaseKind
from cases.models import Case, Charge, Defendant, Event
from desk.hearings import may_say


@dataclass(frozen=True)
class Standing:
    """A case's answer in public, and with everything that is entered; None where there is nothing to say."""

    public: CaseAnswer | None
    entered: CaseAnswer | None


def standing(case: Case) -> Standing:
    """Derive both answers for today."""
    today = timezone.localdate()
    public = load_case(case.slug)
    entered = load_case(case.slug, drafts=True)
    return Standing(
        public.answer(today) if public is not None and not case.is_sealed else None,
        entered.answer(today) if entered is not None else None,
    )


def _shown(words: str | None, with_drafts: str | None, because: tuple[object, ...] = ()) -> SafeString:
    context = {"words": words, "with_drafts": with_drafts if with_drafts != words else None, "because": because}
    return render_to_string("admin/record/says_one.html", context)


def case_says(case: Case) -> SafeString:
    """Return the whole panel of a case: each defendant and charge with wording and reasons."""
    found = standing(case)
    same = found.public == found.entered
    context = {"case": case, "public": found.public, "entered": None if same else found.entered}
    return render_to_string("admin/record/says_case.html", context)


def defendant_says(defendant: Defendant) -> SafeString:
    """Return the wording about one defendant, with its reasons."""
    found = standing(defendant.case)
    public, entered = _defendant(found.public, defendant.pk), _defendant(found.entered, defendant.pk)
    because = public.because if public else entered.because if entered else ()
    return _shown(_wording(public), _wording(entered), because)


def charge_says(charge: Charge) -> SafeString:
    """Return the wording about one charge, with its reasons."""
    found = standing(charge.defendant.case)
    public, entered = (answer.charge(charge.pk) if answer else None for answer in (found.public, found.entered))
    because = public.because if public else entered.because if entered else ()
    return _shown(_wording(public), _wording(entered), because)


def acts_of(case: Case, request: HttpRequest) -> SafeString:
    """Return the table of the acts of a case, in order, each with its state, its link, and what it can become."""
    rows = list(Event.objects.filter(case=case).order_by("on", "sequence", "pk"))
    scheduled = [act.pk for act in rows if may_say(request, act)]
    context = {"acts": rows, "scheduled": scheduled, "next": request.path, "civil": case.kind == CaseKind.CIVIL}
    return render_to_string("admin/record/acts.html", context, request)


def _wording(answer: ChargeAnswer | DefendantAnswer | None) -> str | None:
    return answer.wording if answer else None


def _defendant(answer: CaseAnswer | None, pk: int) -> DefendantAnswer | None:
    if answer is None:
        return None
    return next((them for them in answer.defendants if them.defendant.id == pk), None)
