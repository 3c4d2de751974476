"""What somebody else wrote while a form was open: the later editor is told who changed what, and loses no typing.

A form carries the stamp of the row as it was shown (``cases.history.stamps``). When the row says something else by
the time the form comes back, nothing is saved. Fields that the editor left alone take what is stored now; where both
changed one, the editor's stays, with the other's beside it and a box that takes it. To save again is to know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from cases import history
from cases.history.stamps import chosen_in
from cases.models import Concern

TAKE = "take_theirs"  # the name of the boxes; their value is the name of the field
MEANWHILE = (
    "Nothing was saved: this was changed after you had opened it. Look at what is marked below, then save again. "
    "What you typed is still here."
)
UNMARKED = (
    "Nothing was saved: this page was sent without its mark of what it had shown you, or with a wrong one. "
    "Compare with what is stored, then save again."
)
REMOVED_ROW = (
    "{} removed this row {}. To enter it again, copy what you typed into a new row. "
    '<label><input type="checkbox" name="{}" checked> Leave this one removed</label>'
)
CHANGED_ROW = "You ticked “{}” to be deleted, and it was changed meanwhile: {}. Save again to delete it all the same."


@dataclass(frozen=True, slots=True)
class Beside:
    """What to say beside one field: what is stored now, and whether the editor's typing stays."""

    stored: str
    taken: bool


class Unchanging(forms.CharField):
    """A hidden mark. It is no part of what was typed, so it never counts as a change."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Stamped(forms.ModelForm):
    """A form over one row that others may have open at the same time."""

    stamp = Unchanging()
    gone: int | None = None  # the number of the row that this form was about, if somebody removed it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_stamp = history.stamp_of(self.instance) if self.instance.pk else ""
        self.initial["stamp"] = self.stored_stamp
        self.told: list[str] = []
        self.beside: dict[str, Beside] = {}

    def shown_of(self, row: Model) -> dict[str, Any]:
        """Return what the fields of this form would show of ``row``; forms with fields of their own add them."""
        return model_to_dict(row, [name for name in self.fields if name in {f.name for f in row._meta.fields}])

    def full_clean(self) -> None:
        """Compare before anything is validated, so that what is taken over from the other is validated too."""
        if self.is_bound and self.stored_stamp and not self.told:
            self._compare()
        super().full_clean()
        if not self.is_bound:
            return
        if self.gone is not None:
            self._tell_removed()
        for told in self.told:
            self.add_error(None, told)
        for name, beside in self.beside.items():
            self.add_error(name, self._sentence(name, beside))

    def _compare(self) -> None:
        sent = str(self.data.get(self.add_prefix("stamp"), ""))
        if sent == self.stored_stamp:
            self._take_what_was_ticked()
            return
        kept = history.kept_as(type(self.instance))
        base = history.state_stamped(kept, self.instance.pk, sent) if kept is not None else None
        self.told = _who_changed_what(self.instance, base)
        shown = self._as_shown_then(base, sent) if base is not None else None
        for name, field in self.fields.items():
            if not isinstance(field, Unchanging) and not field.disabled and name != DELETION_FIELD_NAME:
                self._compare_field(name, field, shown)
        self._put("stamp", self.stored_stamp)

    def _as_shown_then(self, base: history.State, sent: str) -> dict[str, Any]:
        shown = self.shown_of(base.instance())
        chosen = chosen_in(sent)
        for many in self.instance._meta.many_to_many:
            if many.name in self.fields and chosen is not None:
                shown[many.name] = chosen
        return shown

    def _compare_field(self, name: str, field: forms.Field, shown: dict[str, Any] | None) -> None:
        stored = self.get_initial_for_field(field, name)
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if not field.has_changed(stored, typed):
            return
        if shown is not None and name in shown:
            if self._as_sent(field, shown[name]) == self._as_sent(field, stored):
                return  # nobody else touched it
            if not field.has_changed(shown[name], typed):
                self._put(name, self._as_sent(field, stored))
                self.beside[name] = Beside(self._in_words(field, stored), taken=True)
                return
        self.beside[name] = Beside(self._in_words(field, stored), taken=False)

    def _take_what_was_ticked(self) -> None:
        ticked = self.data.getlist(TAKE) if hasattr(self.data, "getlist") else []
        for name, field in self.fields.items():
            if self.add_prefix(name) in ticked and not isinstance(field, Unchanging):
                self._put(name, self._as_sent(field, self.get_initial_for_field(field, name)))

    def _as_sent(self, field: forms.Field, value: Any) -> Any:
        """Return a value as a browser sends it."""
        if isinstance(field, forms.ModelMultipleChoiceField):
            return sorted(str(getattr(one, "pk", one)) for one in value or ())
        sent = field.widget.format_value(field.prepare_value(value))
        if isinstance(field, forms.BooleanField):
            return "on" if value else ""
        if isinstance(sent, list):
            sent = sent[0] if sent else ""
        return "" if sent is None else str(sent)

    def _in_words(self, field: forms.Field, value: Any) -> str:
        if isinstance(field, forms.ModelMultipleChoiceField):
            chosen = field.queryset.filter(pk__in=self._as_sent(field, value)) if field.queryset is not None else ()
            return ", ".join(str(field.label_from_instance(one)) for one in chosen) or history.NOTHING
        sent = self._as_sent(field, value)
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and sent:
            row = field.queryset.model._base_manager.filter(pk=sent).first()
            return str(row) if row is not None else history.NOTHING
        if isinstance(field, forms.ChoiceField):
            return str(dict(_flat(field.choices)).get(sent, sent)) or history.NOTHING
        return str(sent) or history.NOTHING

    def _put(self, name: str, value: Any) -> None:
        """Let this form go on as if ``value`` had been sent."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]  # of the class it is mixed into
        if isinstance(value, list) and hasattr(sent, "setlist"):
            sent.setlist(self.add_prefix(name), value)
        else:
            sent[self.add_prefix(name)] = value
        self.data = sent
        self.__dict__.pop("changed_data", None)

    def _sentence(self, name: str, beside: Beside) -> SafeString:
        if beside.taken:
            return format_html("Changed meanwhile, and not by you: it is “{}” now, as stored.", beside.stored)
        return format_html(
            "Stored now: “{}”. Yours stands here, and replaces it when you save again. "
            '<label><input type="checkbox" name="{}" value="{}"> Take what is stored</label>',
            beside.stored, TAKE, self.add_prefix(name),
        )  # fmt: skip

    def _tell_removed(self) -> None:
        kept = history.kept_as(self._meta.model)
        state = history.last_state(kept, self.gone or 0) if kept is not None else None
        who = history.Names().user(state.user_id) if state is not None else "Somebody"
        ago = _ago(state) if state is not None else "meanwhile"
        self._errors = type(self.errors)()  # what else is wrong with a row that is gone helps nobody
        self.add_error(None, format_html(REMOVED_ROW, who, ago, self.add_prefix(DELETION_FIELD_NAME)))


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _who_changed_what(row: Model, base: history.State | None) -> list[str]:
    """Return the sentence that nothing was saved, and one for each fact that was changed since ``base``."""
    names = history.Names()
    if base is None:
        kept = history.kept_as(type(row))
        last = history.last_state(kept, row.pk) if kept is not None else None
        if last is None or last.is_purged:
            return [UNMARKED]
        return [UNMARKED, f"It was last changed by {names.user(last.user_id)}, {_ago(last)}."]
    told = [MEANWHILE]
    for change in history.changes_since(base.model, row.pk, base.position):
        if change.state.is_purged:
            told.append(f"It was sealed, or its name withheld, {_ago(change.state)}.")
        lines = history.diff(change.state.model, change.old, change.new, names) if change.new else []
        who, ago = names.user(change.state.user_id), _ago(change.state)
        told += [f"{who} changed “{one.label}” from “{one.before}” to “{one.after}”, {ago}." for one in lines]
    if len(told) == 1 and row._meta.many_to_many:
        told += _who_chose(row, names)
    return told


def _who_chose(row: Model, names: history.Names) -> list[str]:
    last = history.history_of(Concern)._base_manager.filter(event=row.pk).order_by("-pgh_id").first()
    if last is None:
        return []
    state = history.read(Concern, last)
    return [f"{names.user(state.user_id)} changed whom it concerns, {_ago(state)}."]


def _ago(state: history.State) -> str:
    minutes = (timezone.now() - state.at).total_seconds() / 60
    return "a moment ago" if minutes < 1 else f"{timesince(state.at)} ago"
