"""Corrections as readers meet them: one builder for the page of a case, the list of all, and the feed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.choices import CorrectionKind, Editorial
from cases.law.dates import day_words
from cases.models import Case, Correction, CorrectionPlace, Matter
from cases.pages.parts import caption_of
from cases.withheld import HiddenNames, hidden_names
from people.choices import Visibility
from public.addresses import slug_by_number

ON_A_PAGE = 20
ON_ONE_CASE = 20
IN_THE_FEED = 30


@dataclass(frozen=True, slots=True)
class Where:
    """A case or a matter that lists a correction, and the headline of the act that was changed, if it is public."""

    caption: str
    url: str
    act: str = ""
    act_url: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction as it is listed. ``sentence`` is empty while it holds a name that is not public any more."""

    id: int
    made_at: datetime
    kind: str
    kind_label: str
    sentence: str
    places: tuple[Where, ...]
    noindex: bool

    @property
    def anchor(self) -> str:
        """The correction's id on the page that lists all."""
        return f"correction-{self.id}"

    @property
    def day(self) -> str:
        """The day it was made, in words."""
        return day_words(timezone.localdate(self.made_at))

    @property
    def url(self) -> str:
        """Where to read what was changed: the act, if it was one, or the page of the case or matter."""
        return self.places[0].act_url or self.places[0].url


class CorrectionForm(forms.Form):
    """Which corrections are asked for: of one kind, of one case."""

    kind = forms.ChoiceField(
        required=False,
        label="Kind",
        choices=[("", "Any kind"), *CorrectionKind.choices],
        error_messages={"invalid_choice": "There is no kind of correction called “%(value)s”."},
    )
    case = forms.CharField(required=False, max_length=120, label="Case")

    def clean_case(self) -> Case | None:
        """The case with the address that was asked for. Of one that is not public, it says no more than of none."""
        slug = self.cleaned_data["case"]
        if not slug:
            return None
        try:
            validate_slug(slug)
            return Case.objects.listed().get(slug=slug_by_number(slug) or slug)
        except (forms.ValidationError, Case.DoesNotExist) as missing:
            raise forms.ValidationError("No public case has this address.") from missing

    def corrections(self) -> QuerySet[Correction]:
        """The public corrections asked for, newest first; what could not be understood is left out."""
        self.is_valid()
        found = Correction.objects.public().latest_first()
        if kind := self.cleaned_data.get("kind"):
            found = found.filter(kind=kind)
        if case := self.cleaned_data.get("case"):
            found = found.filter(pk__in=CorrectionPlace.objects.filter(case=case).values("correction"))
        return found


def corrections_of(home: Case | Matter) -> list[CorrectionRow]:
    """The newest corrections that a public case or matter lists. One query if there is none."""
    places = CorrectionPlace.objects.filter(**{home._meta.model_name or "": home})
    found = Correction.objects.public().filter(pk__in=places.values("correction")).latest_first()
    return correction_rows(found[:ON_ONE_CASE])


def correction_rows(corrections: Iterable[Correction] | QuerySet[Correction]) -> list[CorrectionRow]:
    """The rows of public ``corrections``, in their order. One query for them, one for their places, three to five for
    the names that are hidden near; those only if there are any.
    """
    found = list(corrections)
    places: dict[int, list[CorrectionPlace]] = {row.pk: [] for row in found}
    stored = CorrectionPlace.objects.filter(correction__in=found).select_related("case", "matter", "event")
    for place in stored.order_by("pk") if found else ():
        places[place.correction_id].append(place)
    everywhere = [place for one in places.values() for place in one]
    cases = [place.case for place in everywhere if place.case is not None]
    matters = [place.matter for place in everywhere if place.matter is not None]
    hidden = hidden_names(cases=cases, matters=matters)
    return [_row(one, places[one.pk], hidden) for one in found]


def _row(correction: Correction, places: list[CorrectionPlace], hidden: HiddenNames) -> CorrectionRow:
    cases = [place.case for place in places if place.case is not None]
    around = {place.matter_id for place in places if place.matter_id is not None}
    around |= {case.matter_id for case in cases if case.matter_id is not None}

    def may_say(text: str) -> bool:
        return not hidden.held_by(text, cases=[case.pk for case in cases], matters=around)

    return CorrectionRow(
        id=correction.pk,
        made_at=correction.made_at,
        kind=correction.kind,
        kind_label=correction.get_kind_display(),
        sentence=correction.sentence if may_say(correction.sentence) else "",
        places=tuple(_where(place, named=may_say) for place in places),
        noindex=any(case.visibility != Visibility.PUBLIC for case in cases) or bool(hidden.names),
    )


def _where(place: CorrectionPlace, *, named: Callable[[str], bool]) -> Where:
    home = place.case if place.case is not None else place.matter
    assert home is not None  # noqa: S101  (a constraint says so)
    caption = caption_of(home) if isinstance(home, Case) else home.title
    act = place.event
    shown = act is not None and act.editorial_state == Editorial.PUBLISHED
    if not shown or act is None or (act.case_id, act.matter_id) != (place.case_id, place.matter_id):
        return Where(caption, home.get_absolute_url())
    title = act.title if named(act.title) else "The act"
    return Where(caption, home.get_absolute_url(), title, f"{home.get_absolute_url()}#act-{act.pk}")


def list_url(row: CorrectionRow) -> str:
    """The permanent address of a correction: its line in the list of all."""
    return f"{reverse('public:corrections')}#{row.anchor}"
