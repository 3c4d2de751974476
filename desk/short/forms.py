"""The fields of a short form for the act itself, and which of them stand behind "more"."""

import json
import uuid
from typing import Any

from django import forms

from cases import choices
from cases.law.vocabulary import CaseKind, Occurrence
from cases.models import Case, Defendant, Event, Matter
from desk.choices_within import defendants_of, limit, name_defendant
from desk.ruling.days import PartialDateField
from desk.short.civil import fits, told
from desk.short.kinds import WHO, Kind, Short
from desk.short.people import PersonField, people_in

WHICH_OCCURRENCE = "Say whether it was held, or is only scheduled."
WHOM = "Tick whom it concerns; everybody, if it was everybody."


class ShortForm(forms.Form):
    """One act of a case or matter. ``short`` says what it may be."""

    what = forms.ChoiceField(label="What", error_messages={"required": "Choose what happened."})
    occurrence = forms.ChoiceField(
        label="Held, or scheduled",
        choices=[("", "Choose"), (Occurrence.HELD, "It was held"), (Occurrence.SCHEDULED, "It is scheduled")],
        error_messages={"required": WHICH_OCCURRENCE},
    )
    on = PartialDateField(
        label="Date",
        help_text="2024-07-12, or 2024-07 or 2024 if the day is not known.",
        widget=forms.TextInput(attrs={"placeholder": "2024-07-12", "autocomplete": "off", "size": 16}),
    )
    title = forms.CharField(
        label="Headline", max_length=200, required=False,
        help_text="It says no more than the act. Left empty, the words that stand in it now are used.",
    )  # fmt: skip
    text = forms.CharField(
        label="A sentence or two", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    actor = PersonField(label="Who")
    defendants = forms.ModelMultipleChoiceField(
        label="Whom it concerns", queryset=Defendant.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="None: every defendant.", error_messages={"required": WHOM},
    )  # fmt: skip
    despite = forms.CharField(
        label="Why it is right all the same",
        max_length=300,
        required=False,
        help_text="One sentence. It is kept, and other editors read it.",
    )
    how = forms.ChoiceField(
        label="How they follow the earlier ones", required=False,
        choices=[("", "As the kind of document says"), *choices.REPLACES_HOW[1:]],
        help_text="Left as it is: superseded; by an amendment, amended; by a removal, transferred; of charges that had "
        "ended, brought again (refiled).",
    )  # fmt: skip
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    ACT = ("what", "occurrence", "on", "actor", "defendants", "text", "title")

    def __init__(self, *args: Any, short: Short, home: Case | Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.short, self.home = short, home
        self.civil = isinstance(home, Case) and home.kind == CaseKind.CIVIL
        self.needs_despite = False
        self.initial.setdefault("key", uuid.uuid4())
        self._offer_kinds()
        if not short.may_be_scheduled:
            del self.fields["occurrence"]
        if not short.follows:
            del self.fields["how"]
        else:
            self.fields["how"].help_text = self.say(str(self.fields["how"].help_text))
        actor = self.fields["actor"]
        actor.label = short.who
        if isinstance(actor, PersonField):
            actor.offer(people_in(home), "people-offered")
        self._offer_defendants()

    def say(self, words: str) -> str:
        """Return words of the form as they are said in a case of this kind."""
        return told(words, civil=self.civil)

    def _offer_kinds(self) -> None:
        what = self.fields["what"]
        if isinstance(what, forms.ChoiceField):
            rows: list[Any] = [("", "Choose")]
            for name, kinds in self.short.groups:
                options = [(kind.slug, self.say(kind.label)) for kind in kinds if fits(kind, civil=self.civil)]
                rows += [(self.say(name), options)] if name and options else options
            what.choices = rows
        words = {slug: [kind.headline, kind.words()] for slug, kind in self.short.kinds.items()}
        headlines = {slug: [self.say(one) for one in told] for slug, told in words.items()}
        self.fields["title"].widget.attrs |= {"data-headlines": json.dumps(headlines), "data-who": WHO}

    def _offer_defendants(self) -> None:
        """Offer those of the case, and of the cases it is an appeal of; nobody is asked where there is only one."""
        case, matter = (self.home, None) if isinstance(self.home, Case) else (None, self.home)
        rows = defendants_of(Event(case=case, matter=matter))
        within_reach = list(rows)
        if len(within_reach) < 2:
            del self.fields["defendants"]
            return
        named = name_defendant if len({row.case_id for row in within_reach}) > 1 else lambda row: str(row.person)
        limit(self, "defendants", rows, named)
        field = self.fields["defendants"]
        if self.short.asks_whom:
            field.required, field.help_text = True, ""
        elif self.short.brings_charges:
            field.help_text = self.say("None: those whom it charges.")

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that are always asked for, in their order."""
        return [self[name] for name in self.ACT if name in self.fields and name not in self._folded]

    @property
    def whom(self) -> forms.BoundField | None:
        """Whom it concerns, where that is asked for behind "more"."""
        return self["defendants"] if "defendants" in self.fields and "defendants" in self._folded else None

    @property
    def words(self) -> list[forms.BoundField]:
        """The words of the act, where they are asked for behind "more"."""
        return [self[name] for name in ("title", "text") if name in self._folded]

    @property
    def opens_whom(self) -> bool:
        """Whether whom it concerns is shown at once: somebody is ticked, or it is wrong."""
        return self.whom is not None and bool(self.whom.value() or self.whom.errors)

    @property
    def opens_words(self) -> bool:
        """Whether the words are shown at once: something stands there, or is wrong."""
        return any(field.value() or field.errors for field in self.words)

    @property
    def _folded(self) -> tuple[str, ...]:
        words = ("title",) if self.short.is_told else ("title", "text")
        return words if self.short.asks_whom else (*words, "defendants")

    @property
    def people(self) -> list[str]:
        """Who is offered in the box of names."""
        field = self.fields["actor"]
        return list(field.offered) if isinstance(field, PersonField) else []

    @property
    def kind(self) -> Kind:
        """What was chosen, of a form that is valid."""
        return self.short.kinds[self.cleaned_data["what"]]

    def _headline(self, kind: Kind, who: str) -> str:
        """Return the words that an empty headline stands for; a name in them stays as it is."""
        return self.say(kind.words(WHO if who else ""))[:200].replace(WHO, who)[:200]

    def act(self) -> Event:
        """Return the act, not saved."""
        said, kind = self.cleaned_data, self.kind
        actor, when = said["actor"], said["on"]
        return Event(
            case=self.home if isinstance(self.home, Case) else None,
            matter=self.home if isinstance(self.home, Matter) else None,
            category=kind.category,
            kind=kind.kind,
            motion=kind.motion,
            occurrence=said.get("occurrence", Occurrence.HELD),
            on=when.start,
            precision=when.precision,
            qualifier=when.qualifier,
            title=said["title"] or self._headline(kind, actor.name if actor else ""),
            text=said["text"],
            actor=actor,
            entry_key=said["key"],
        )
