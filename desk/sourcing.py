"""The source of an act on the desk's own screens: one of the record, or a new one that its address tells of."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse_lazy

from cases import editing
from cases.choices import SourceKind
from cases.models import Case, Citation, Event, Matter, Source
from cases.source_guess import Guess, guess
from desk.ruling.forms import IsoDateField

MOST_OFFERED = 60
NOT_ONE_OF_THEM = (
    "This is neither an address nor one of the sources offered. Paste the address of the report or document, "
    "or begin to type and choose."
)
LOOK_AT_IT = "This was told from the address. Look at it, and save again."
TOLD = ("kind", "publisher", "title", "published_on")


def sources_used_in(home: Case | Matter) -> QuerySet[Source]:
    """Return the sources that a case, its matter and that matter's other cases cite, the latest cited first."""
    matter = home.matter_id if isinstance(home, Case) else home.pk
    where = Q(citations__event__case=home) if isinstance(home, Case) else Q()
    if matter is not None:
        where |= Q(citations__event__matter=matter) | Q(citations__event__case__matter=matter)
    return Source.objects.filter(where).annotate(cited=Max("citations__pk")).order_by("-cited")[:MOST_OFFERED]


def source_at(told: Guess) -> Source | None:
    """Return the source of the record with the address that ``told`` is about, or with that archived copy."""
    if not told.address:
        return None
    parts = urlsplit(told.address)
    path = parts.path.rstrip("/")
    same = [
        parts._replace(scheme=scheme, path=ending).geturl()
        for scheme in ("https", "http")
        for ending in (path, f"{path}/")
    ]
    where = Q(url__in=[told.address, *same])
    if told.archive_url:
        where |= Q(archive_url=told.archive_url)
    return Source.objects.filter(where).order_by("pk").first()


class SourcingForm(forms.Form):
    """One source of one act. ``home`` is the case or matter, whose sources are offered; ``needed`` if it must be given.

    ``cite`` writes it. All of it may be left empty, unless it is needed.
    """

    source = forms.CharField(
        max_length=1000,
        required=False,
        help_text="Paste an address, or begin to type one that is used here already.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-source-guess": reverse_lazy("admin:source_guess")}),
    )
    quote = forms.CharField(
        required=False,
        help_text="Its own words.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    locator = forms.CharField(
        label="Place", max_length=120, required=False, help_text="Page, paragraph, minute.",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Kind of source", required=False, choices=[("", "Choose what it is"), *SourceKind.choices]
    )
    publisher = forms.CharField(max_length=200, required=False)
    title = forms.CharField(label="Title of the source", max_length=300, required=False)
    published_on = IsoDateField(label="Published on")

    chosen: Source | None = None
    told = Guess()

    def __init__(self, *args: Any, home: Case | Matter, needed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "source")
        super().__init__(*args, **kwargs)
        self.offered = {_label(source): source for source in reversed(list(sources_used_in(home)))}
        self.fields["source"].required = needed
        self.fields["source"].error_messages["required"] = "Say which source states this."
        self.fields["source"].widget.attrs["list"] = self.list_id
        for name in TOLD:
            self.fields[name].widget.attrs["data-told"] = name

    @property
    def list_id(self) -> str:
        """The id of the list of what is offered."""
        return f"{self.prefix}-offered"

    @property
    def labels(self) -> list[str]:
        """What is offered in the box, the latest used first."""
        return list(reversed(self.offered))

    @property
    def new(self) -> list[forms.BoundField]:
        """The fields that only a source which is not in the record needs."""
        return [self[name] for name in TOLD]

    def clean(self) -> dict[str, Any]:
        """Find the source, or see that all is there that a new one needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("source", "").strip()
        if "source" in self.errors:
            return cleaned
        if not typed:
            given = [name for name in (*TOLD, "quote", "locator") if cleaned.get(name)]
            if given:
                self.add_error("source", "Say which source this is: paste its address, or choose it.")
            return cleaned
        self.told = guess(typed)
        self.chosen = self.offered.get(typed) or source_at(self.told)
        if self.chosen is None:
            self._clean_new(cleaned)
        return cleaned

    def _clean_new(self, cleaned: dict[str, Any]) -> None:
        """A new source needs an address, its kind and its title. What the address tells is shown before it is kept."""
        try:
            URLValidator(schemes=["http", "https"])(self.told.address)
        except ValidationError:
            self.add_error("source", NOT_ONE_OF_THEM)
            return
        filled = {
            name: value
            for name in TOLD
            if not cleaned.get(name) and name not in self.errors and (value := getattr(self.told, name))
        }
        if {"kind", "title"} & filled.keys():  # sent without the script that fills them in: let them be read first
            data: Any = self.data
            self.data = data = data.copy()
            for name, value in filled.items():
                data[self.add_prefix(name)] = str(value)
                self.add_error(name, LOOK_AT_IT)
        if not (cleaned.get("kind") or "kind" in filled):
            self.add_error("kind", "Choose what kind of source this is.")
        if not (cleaned.get("title") or "title" in filled or "title" in self.errors):
            self.add_error("title", "Enter its title.")

    def cite(self, act: Event, *, by: User) -> Citation | None:
        """Write the citation, and the source if it is new. Raises ``ValidationError`` with this form's fields.

        None if no source was given. Asked for in the sitting in which the act is written.
        """
        if not self.cleaned_data.get("source", "").strip():
            return None
        data = self.cleaned_data
        source = self.chosen
        if source is None:
            source = Source(
                kind=data["kind"],
                publisher=data["publisher"],
                title=data["title"],
                published_on=data["published_on"],
                url=self.told.address,
                archive_url=self.told.archive_url,
            )
            self._write(source, by=by)
        citation = Citation(event=act, source=source, quote=data["quote"], locator=data["locator"])
        self._write(citation, by=by)
        return citation

    def _write(self, row: Source | Citation, *, by: User) -> None:
        try:
            editing.save(row, by=by)
        except ValidationError as refusal:
            told = refusal.message_dict if hasattr(refusal, "error_dict") else {"source": refusal.messages}
            places: dict[str, list[str]] = {}
            for name, messages in told.items():
                places.setdefault(name if name in self.fields else "source", []).extend(messages)
            raise ValidationError(places) from refusal


def _label(source: Source) -> str:
    """Return what stands in the list for a source; the number tells two of one title apart."""
    return f"{source} [{source.pk}]"


def guess_view(request: HttpRequest) -> HttpResponse:
    """Tell what the address ``?address=`` says of a source, and whether the record has it. Nothing is fetched."""
    if not request.user.has_perm("cases.view_source"):
        raise PermissionDenied
    told = guess(request.GET.get("address", "")[:2000])
    there = source_at(told)
    return JsonResponse(
        {
            "kind": told.kind,
            "publisher": told.publisher,
            "title": told.title,
            "published_on": told.published_on.isoformat() if told.published_on else "",
            "address": told.address,
            "archive_url": told.archive_url,
            "known": str(there) if there is not None else "",
        }
    )
