"""The source of an act on the desk's own screens: one of the record, or a new one that its address tells of."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse_lazy

from cases import editing
from cases.choices import SourceKind, Stance
from cases.models import Case, Citation, Event, Matter, Source
from cases.source_guess import Guess, guess
from desk.ruling.days import IsoDateField
from people.names import fold, tokens

MOST_NEAR, MOST_NEW = 100, 30  # sources that are offered: cited near by, and the record's newest
LONGEST_ADDRESS = 2000
NOT_ONE_OF_THEM = (
    "This is no address, and no source offered here has these words. Paste the address of the report or document. If "
    "it has none, leave this empty and enter its kind and title below."
)
SEVERAL = "Several sources have these words. Choose the one you mean: {}."
WHICH = "Say which source this is: paste its address or choose it, or enter its kind and title below."
NEEDED = "Say which source states this: nothing is public without one."
LOOK_AT_IT = "This was told from the address. Look at it, and save again."
TAKEN_FOR = "Taken for this one, by the words that you typed. Look at it, and save again."
TOLD = ("kind", "publisher", "published_on", "title")
FEW = ("stance", "relayed_from", "note")  # fields that few citations need


def sources_near(cases: Collection[int], matter: int | None) -> list[Source]:
    """Return what is offered in some cases: what they, their matter and its other cases cite, the latest cited first.

    Then the newest of the record. A tip is not offered: it is no source that anything rests on.
    """
    near = Q(citations__event__case__in=cases)
    if matter is not None:
        near |= Q(citations__event__matter=matter) | Q(citations__event__case__matter=matter)
    rows = Source.objects.exclude(kind=SourceKind.TIP)
    cited = list(rows.filter(near).annotate(cited=Max("citations__pk")).order_by("-cited")[:MOST_NEAR])
    newest = rows.exclude(pk__in=[row.pk for row in cited]).order_by("-pk")[:MOST_NEW]
    return [*cited, *newest]


def sources_of(home: Case | Matter) -> list[Source]:
    """Return what is offered in a case or a matter."""
    if isinstance(home, Case):
        return sources_near([home.pk], home.matter_id)
    return sources_near([], home.pk)


def source_at(told: Guess, address: str = "") -> Source | None:
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
    where = Q(url__in=[told.address, *same, *filter(None, [address.strip()])])
    if told.archive_url:
        where |= Q(archive_url=told.archive_url)
    return Source.objects.filter(where).order_by("pk").first()


def labelled(sources: Sequence[Source]) -> dict[str, Source]:
    """Return sources by what stands for each in the list; a number tells two of one title and day apart."""
    found: dict[str, Source] = {}
    for source in sources:
        label = f"{source} ({source.published_on})" if source.published_on else str(source)
        found[f"{label} [{source.pk}]" if label in found else label] = source
    return found


def with_words(typed: str, offered: dict[str, Source]) -> list[str]:
    """Return the labels in which every typed word stands; accents, case and marks do not matter."""
    words = tokens(typed)
    return [label for label in offered if words and all(word in fold(label) for word in words)]


class SourcingForm(forms.Form):
    """One source of one act. ``offered`` are the sources that may be chosen; ``needed`` if one must be given.

    ``cite`` writes it. All of it may be left empty, unless it is needed.
    """

    source = forms.CharField(
        label="Source", max_length=1000, required=False,
        help_text="Paste its address. If the record has it: a few words of its title.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-source-guess": reverse_lazy("admin:source_guess")}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Kind of source", required=False, choices=[("", "Choose what it is"), *SourceKind.choices],
        error_messages={"invalid_choice": "Choose one of the list."},
    )  # fmt: skip
    publisher = forms.CharField(max_length=200, required=False)
    published_on = IsoDateField(label="Published on")
    title = forms.CharField(label="Title of the source", max_length=300, required=False)
    quote = forms.CharField(
        required=False, max_length=5000, help_text="The source’s own words.", widget=forms.Textarea(attrs={"rows": 2})
    )
    locator = forms.CharField(
        label="Place in it", max_length=120, required=False, help_text="Page, paragraph, minute.",
    )  # fmt: skip
    stance = forms.ChoiceField(
        label="Supports it, or not", required=False, choices=Stance.choices, initial=Stance.SUPPORTS,
        error_messages={"invalid_choice": "Choose one of the list."},
    )  # fmt: skip
    relayed_from = forms.CharField(label="Whom it repeats", max_length=200, required=False)
    note = forms.CharField(label="Note for readers", max_length=300, required=False)
    guessed = forms.CharField(required=False, max_length=LONGEST_ADDRESS, widget=forms.HiddenInput)

    chosen: Source | None = None
    fresh: Source | None = None
    told = Guess()

    def __init__(self, *args: Any, offered: dict[str, Source], needed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "source")
        super().__init__(*args, **kwargs)
        self.offered, self.needed = offered, needed
        self.fields["source"].widget.attrs["list"] = self.list_id
        for name in TOLD:
            self.fields[name].widget.attrs["data-told"] = name
        self.fields["guessed"].widget.attrs["data-guessed"] = ""

    @property
    def list_id(self) -> str:
        """The id of the list of what is offered, which the sources of one act share."""
        return "sources-offered"

    @property
    def new(self) -> list[forms.BoundField]:
        """The fields that only a source which is not in the record needs."""
        return [self[name] for name in TOLD]

    @property
    def few(self) -> list[forms.BoundField]:
        """The fields that few citations need."""
        return [self[name] for name in FEW]

    @property
    def known(self) -> Source | None:
        """The source of the record that the box names, as far as can be told without judging the form."""
        typed = str(self["source"].value() or "").strip()
        if not typed or "\0" in typed or len(typed) > LONGEST_ADDRESS:
            return None
        return self.chosen or self.offered.get(typed) or source_at(guess(typed), typed)

    @property
    def opens_new(self) -> bool:
        """Whether the fields of a new source are shown at once: something stands there, or is wrong."""
        return self.known is None and any(field.value() or field.errors for field in self.new)

    @property
    def opens_few(self) -> bool:
        """Whether the fields that few need are shown at once: something stands there, or is wrong."""
        return any(field.value() not in (None, "", Stance.SUPPORTS) or field.errors for field in self.few)

    @property
    def opens_words(self) -> bool:
        """Whether quotation and place are shown at once where they are folded."""
        return self.opens_few or any(self[name].value() or self[name].errors for name in ("quote", "locator"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; what is preset does not count."""
        asked = (name for name in self.fields if name not in ("stance", "guessed"))
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in asked)

    def clean(self) -> dict[str, Any]:
        """Find the source, or see that all is there that a new one needs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = str(cleaned.get("source", "")).strip()
        if "source" in self.errors:
            return cleaned
        if not typed:
            self._clean_unaddressed(cleaned)
            return cleaned
        self.told = guess(typed)
        self.chosen = self.offered.get(typed) or source_at(self.told, typed)
        if self.chosen is not None:
            return cleaned
        try:
            URLValidator(schemes=["http", "https"])(self.told.address)
        except ValidationError:
            self._clean_words(typed)
        else:
            self._clean_new(cleaned)
        return cleaned

    def _clean_words(self, typed: str) -> None:
        """Find the one source with these words. Which it was taken for is shown before it is kept."""
        found = with_words(typed, self.offered)
        if len(found) == 1:
            self._show("source", found[0])
            self.add_error("source", TAKEN_FOR)
        elif found:
            self.add_error("source", SEVERAL.format("; ".join(f"“{label}”" for label in found[:5])))
        else:
            self.add_error("source", NOT_ONE_OF_THEM)

    def _clean_unaddressed(self, cleaned: dict[str, Any]) -> None:
        """A source without an address, a paper of the court's, has a kind and a title at least."""
        if self.is_blank:
            if self.needed:
                self.add_error("source", NEEDED)
        elif not (cleaned.get("title") or cleaned.get("kind") or {"title", "kind"} & set(self.errors)):
            self.add_error("source", WHICH)
        elif self._is_whole(cleaned):
            about = {name: cleaned.get(name) for name in TOLD}
            # Entered again in the same words, it is the same.
            self.chosen = Source.objects.filter(url="", **about).order_by("pk").first()

    def _clean_new(self, cleaned: dict[str, Any]) -> None:
        """A new source needs an address, its kind and its title. What the address tells is shown before it is kept."""
        asked: Any = self.data
        asked = asked.copy()
        for name in fill(asked, self.prefix or ""):
            self._show(name, str(asked[self.add_prefix(name)]))
            self.add_error(name, LOOK_AT_IT)
        self._show("guessed", str(asked[self.add_prefix("guessed")]))
        self._is_whole(cleaned)

    def _is_whole(self, cleaned: dict[str, Any]) -> bool:
        """Ask for the kind and the title of a new source."""
        if not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Choose what kind of source this is.")
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Enter its title.")
        return not self.errors

    def _show(self, name: str, value: str) -> None:
        """Show something in a field instead of what was sent."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix(name)] = value

    def source_named(self) -> Source | None:
        """Return the source that a valid form names, not saved if it is new; None if it names none."""
        if self.is_blank:
            return None
        if self.chosen is None and self.fresh is None:
            about = {name: self.cleaned_data[name] for name in TOLD}
            self.fresh = Source(url=self.told.address, archive_url=self.told.archive_url, **about)
        return self.chosen or self.fresh

    def citation(self, act: Event) -> Citation | None:
        """Return what a valid form says of ``act``, not saved; None if it names no source."""
        source = self.source_named()
        if source is None:
            return None
        said = {name: self.cleaned_data[name] for name in ("quote", "locator", "relayed_from", "note")}
        return Citation(event=act, source=source, stance=self.cleaned_data["stance"] or Stance.SUPPORTS, **said)

    def cite(self, act: Event, *, by: User) -> Citation | None:
        """Write the citation, and the source if it is new. Raises ``ValidationError`` with this form's fields.

        None if no source was given. Asked for in the sitting in which the act is written; for several acts, once each.
        """
        source = self.source_named()
        if source is not None and source._state.adding:
            self._write(source, by=by)
        citation = self.citation(act)
        if citation is not None:
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


def fill(data: Any, prefix: str) -> list[str]:
    """Write into ``data`` what a pasted address tells, and return the fields that were filled in.

    What an earlier address told goes with it; what an editor wrote stays.
    """
    address = str(data.get(f"{prefix}-source", "")).strip()
    before = str(data.get(f"{prefix}-guessed", ""))
    if not address or address == before or not guess(address[:LONGEST_ADDRESS]).address:
        return []
    old, new = _told(before), _told(address)
    filled = []
    for name in TOLD:
        if str(data.get(f"{prefix}-{name}", "")).strip() in ("", old[name]):
            data[f"{prefix}-{name}"] = new[name]
            filled += [name] if new[name] else []
    data[f"{prefix}-guessed"] = address
    return filled


def _told(address: str) -> dict[str, str]:
    told = guess(address) if len(address) <= LONGEST_ADDRESS else Guess()
    on = told.published_on.isoformat() if told.published_on else ""
    return {"kind": told.kind, "publisher": told.publisher, "title": told.title, "published_on": on}


def guess_view(request: HttpRequest) -> HttpResponse:
    """Tell what ``?address=`` says of a source, and whether the record has it. Nothing is fetched.

    Words instead of an address are looked for among what is offered in ``?case=`` or ``?matter=``.
    """
    if not request.user.has_perm("cases.view_source"):
        raise PermissionDenied
    typed = request.GET.get("address", "").replace("\0", "")[:LONGEST_ADDRESS].strip()
    told = guess(typed)
    there, label = source_at(told, typed), ""
    several: list[str] = []
    if not told.address and typed and (home := _home(request)) is not None:
        offered = labelled(sources_of(home))
        found = [typed] if typed in offered else with_words(typed, offered)
        several = found[:5]
        if len(found) == 1:
            label, there, several = found[0], offered[found[0]], []
    return JsonResponse(
        {
            **_told(typed),
            "address": told.address,
            "archive_url": told.archive_url,
            "known": str(there) if there is not None else "",
            "label": label,
            "several": several,
        }
    )


def _home(request: HttpRequest) -> Case | Matter | None:
    for name, model in (("case", Case), ("matter", Matter)):
        typed = request.GET.get(name, "")
        if typed.isascii() and typed.isdecimal() and len(typed) < 19:
            found: Case | Matter | None = model._default_manager.filter(pk=int(typed)).first()
            return found
    return None
