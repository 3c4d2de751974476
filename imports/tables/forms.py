"""The forms about a table: what each column is, what its words mean, and a mapping as TOML."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from cases.choices import CASE_KINDS
from cases.models import Disposition
from imports.models import Mapping
from imports.reading.columns import MOST_VALUES, Column
from imports.reading.dispositions import UNKNOWN, said
from imports.reading.found import NotReadableError
from imports.reading.mapping import of_words
from imports.tables.answers import DAYS, LATER, ONE_EACH, SUM, TERM, Answers, laid_out
from imports.tables.further import NO_NUMBER, FurtherForm, short
from imports.tables.toml import written
from imports.terms import refuse_strange_words

LONGEST_TEXT = 100_000  # of a mapping
LEAVE, NEVER = "", "never"
ROLES: list[Any] = [
    (LEAVE, "Not brought in"),
    ("Who is accused", [
        ("person", "Name of the accused"),
        ("first", "First name of the accused"),
        ("last", "Surname of the accused"),
        ("mark", "Helps to tell namesakes apart (age, state)"),
    ]),
    ("The case", [
        ("number", "Docket number"),
        ("court", "Court"),
        ("caption", "Name of the case"),
        ("matter", "What the case belongs to (an investigation, a protest)"),
        ("key", "The source’s own number of the row"),
        ("link", "Address of a page about it"),
        ("note", "A line of what happened"),
    ]),
    ("The charges", [
        ("charge", "A charge: what they are accused of"),
        ("statute", "Statute of the charge"),
        ("brought", "Day they were charged"),
    ]),
    ("What became of it", [
        ("outcome", "Outcome, in the source’s words"),
        ("decided", "Day of the outcome"),
        (LATER, "What happened later (a pardon, a verdict overturned)"),
    ]),
    ("The sentence", [
        ("sentenced", "Day of the sentence"),
        ("words", "The sentence in words"),
        (f"{TERM}prison", "Prison: how long"),
        (f"{TERM}jail", "Jail: how long"),
        (f"{TERM}custody", "Custody of some kind: how long"),
        (f"{TERM}supervised_release", "Supervised release: how long"),
        (f"{TERM}probation_supervised", "Supervised probation: how long"),
        (f"{TERM}probation_unsupervised", "Unsupervised probation: how long"),
        (f"{TERM}home_detention", "Home detention: how long"),
        (f"{SUM}fine", "Fine: how much"),
        (f"{SUM}restitution", "Restitution: how much"),
        (f"{SUM}costs", "Costs: how much"),
        (f"{SUM}forfeiture", "Forfeiture: how much"),
    ]),
    ("Private", [(NEVER, "Never kept")]),
]  # fmt: skip
PRIVATE = [(NEVER, "Never kept (private)")]
# What a column is asked to be confirmed as, by its name alone. A guess that is wrong shows in the preview.
GUESSES = {
    "name": "person", "defendant": "person", "defendantname": "person", "accused": "person", "fullname": "person",
    "firstname": "first", "lastname": "last", "surname": "last", "docket": "number", "docketnumber": "number",
    "casenumber": "number", "caseno": "number", "docketno": "number", "court": "court", "caption": "caption",
    "charge": "charge", "charges": "charge", "offense": "charge", "offence": "charge", "statute": "statute",
    "outcome": "outcome", "disposition": "outcome", "result": "outcome", "verdict": "outcome",
}  # fmt: skip
WAYS = [("", "—"), ("us", "month first: 12/31/2020"), ("uk", "day first: 31/12/2020")]
NOBODY = "Say which column names the accused."
NO_DAYS = "No day can be read in “{}”{}. Write days as 2020-12-31 or 12/31/2020, or say that it is something else."
TWO_WAYS = "Days such as “{}” can be read two ways. Say below which part stands first."
TOO_MANY = f"“{{}}” has more than {MOST_VALUES} different texts, or long ones: it says no outcome in fixed words."
TWICE = "“{}” and “{}” are both said to be {}. Choose one of them."


def field_of(column: str) -> str:
    """Return the name of the field that asks what a column is."""
    return f"is-{short(column)}"


def meaning_of(words: str) -> str:
    """Return the name of the field that asks what an outcome's words mean."""
    return f"means-{short(words)}"


def guess(column: Column) -> str:
    """Return what a column may be, by its name; it is only where the question begins."""
    return NEVER if column.is_private else GUESSES.get(slugify(column.name).replace("-", "").replace("_", ""), LEAVE)


def wide() -> forms.TextInput:
    """Return a field for one line of words, as wide as the desk's others."""
    return forms.TextInput(attrs={"class": "vTextField"})


class ColumnsForm(FurtherForm):
    """What the source is called, what each of its columns is, and what the words for outcomes mean."""

    title = forms.CharField(
        label="What this source is called", max_length=200, widget=wide(), help_text="“County docket list”."
    )
    credit = forms.CharField(
        label="Whom to credit",
        max_length=200,
        required=False,
        widget=wide(),
        help_text="Who made the table, and its licence.",
    )
    kind = forms.ChoiceField(label="Kind of the cases", choices=CASE_KINDS)
    court = forms.CharField(
        label="Court, if it is the same in every row", max_length=200, required=False, widget=wide(),
        help_text="As people call it: “District of Alaska”. If the record does not know it, you are asked once.",
    )  # fmt: skip
    courts = forms.CharField(
        label="Court, if the docket number says it", max_length=5_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "spellcheck": "false"}),
        help_text="On each line how the number begins, “=”, and the court: “1:21-cr = District of Columbia”. Of "
        "beginnings that fit, the longest decides.",
    )  # fmt: skip
    order = forms.ChoiceField(
        label="Names are written", required=False,
        choices=[("", "as they are said: Ann Otter"), ("last, first", "surname first: Otter, Ann")],
    )  # fmt: skip
    slashes = forms.ChoiceField(label="Days with strokes or dots are written", required=False, choices=WAYS)
    charge_title = forms.CharField(
        label="If no column names the charge, call it", max_length=200, required=False, widget=wide(),
        help_text="“A charge that the source does not name”.",
    )  # fmt: skip
    outcome_of = forms.ChoiceField(
        label="The outcome is said", required=False,
        choices=[
            ("defendant", "of the accused: it is a charge’s only where the row has one charge"),
            ("charge", "of each charge in the row"),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, columns: tuple[Column, ...], before: Answers | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.columns = columns
        self.before = before
        known = before.roles if before else {}
        for column in columns:
            options = [(NEVER, "Never kept (private)")] if column.is_private else ROLES
            self.fields[field_of(column.name)] = forms.ChoiceField(
                label=column.name, required=False, choices=options, initial=known.get(column.name, guess(column))
            )
        terms = list(Disposition.objects.order_by("label").values_list("slug", "label"))
        self._ask_meanings(terms)
        self.ask_later(terms)
        self.ask_matters()

    def column_with(self, role: str) -> list[Column]:
        """Return the columns that are said to be this, in what was sent, or before."""
        names = {column: field_of(column.name) for column in self.columns}
        if self.is_bound:
            return [column for column, name in names.items() if self.data.get(name, LEAVE) == role]
        return [column for column, name in names.items() if self.fields[name].initial == role]

    def _ask_meanings(self, dispositions: list[tuple[str, str]]) -> None:
        """Ask what each word of the outcome's column means, once it is known which column that is."""
        terms = [
            ("", "— not said: an editor decides, row by row"),
            ("filed", "It still waits for a decision"),
            *dispositions,
        ]
        known = dict(self.before.means) if self.before else {}
        first = {words: known.get(words) or _derived(words) for words in self.words()}
        for words, slug in first.items():
            self.fields[meaning_of(words)] = forms.ChoiceField(
                label=f"“{words}”", required=False, choices=terms, initial=slug
            )
        if self.is_bound and not any(meaning_of(words) in self.data for words in first):  # it was not asked before
            self.data = {**dict(self.data.items()), **{meaning_of(words): slug for words, slug in first.items()}}

    def outcome_column(self) -> Column | None:
        """Return the column that is said to hold the outcome, in what was sent, or before."""
        return next(iter(self.column_with("outcome")), None)

    def words(self) -> list[str]:
        """Return the words that stand in the outcome's column, or stood there before."""
        column = self.outcome_column()
        if column is None:
            return []
        before = self.before.means if self.before and self.before.only("outcome") == column.name else {}
        return list(dict.fromkeys([*column.values, *before]))

    def column_rows(self) -> list[dict[str, Any]]:
        """Return each column with the question about it, for the page."""
        return [{"column": column, "field": self[field_of(column.name)]} for column in self.columns]

    def meaning_rows(self) -> list[Any]:
        """Return the questions about the outcome's words."""
        return [self[meaning_of(words)] for words in self.words()]

    def general(self) -> list[Any]:
        """Return the questions about the source as a whole."""
        return [self[name] for name in type(self).base_fields]

    def clean(self) -> dict[str, Any]:
        """Refuse what can not be meant, in a sentence beside the column it is about."""
        given = super().clean() or {}
        roles = {column.name: given.get(field_of(column.name), LEAVE) for column in self.columns}
        chosen = {role: [name for name, one in roles.items() if one == role] for role in roles.values()}
        if not any(chosen.get(role) for role in ("person", "first", "last")):
            self.add_error(None, NOBODY)
        for role, noun in ONE_EACH.items():
            if len(twice := chosen.get(role, [])) > 1:
                self.add_error(field_of(twice[1]), TWICE.format(twice[0], twice[1], noun))
        if chosen.get("person") and (chosen.get("first") or chosen.get("last")):
            self.add_error(field_of(chosen["person"][0]), "Give the whole name, or its parts, but not both.")
        if not chosen.get("charge") and not given.get("charge_title"):
            self.add_error("charge_title", "Say which column names the charge, or what to call it.")
        if chosen.get("statute") and len(chosen.get("charge", [])) > 1:
            self.add_error(field_of(chosen["statute"][0]), "With several charges in a row, it is not said of which.")
        if chosen.get("decided") and not chosen.get("outcome"):
            self.add_error(field_of(chosen["decided"][0]), "There is a day of the outcome, and no outcome.")
        if given.get("courts") and not chosen.get("number"):
            self.add_error("courts", NO_NUMBER)
        self._read_words()
        self.later = self.read_later(given)
        self.ways = self._read_days(roles, given.get("slashes", ""))
        return given

    def _read_words(self) -> None:
        column = self.outcome_column()
        if column is not None and column.filled and not column.values:
            self.add_error(field_of(column.name), TOO_MANY.format(column.name))
        elif column is not None and not any(self.data.get(meaning_of(words)) for words in self.words()):
            self.add_error(None, f"Say below what the words in “{column.name}” mean: at least one.")

    def _read_days(self, roles: dict[str, str], slashes: str) -> dict[str, str]:
        """Return how each column of days is written, as its values show."""
        found: dict[str, str] = {}
        for column in self.columns:
            if roles[column.name] not in DAYS:
                continue
            before = self.before.ways.get(column.name, "") if self.before else ""
            ways = column.ways or ((before,) if before and not column.filled else ())
            if slashes in ways:
                found[column.name] = slashes
            elif column.tied and before in ways:
                found[column.name] = before
            elif column.tied:
                self.add_error(field_of(column.name), TWO_WAYS.format(column.examples[0]))
            elif ways:
                found[column.name] = ways[0]
            else:
                shown = f", such as “{column.examples[0]}”" if column.examples else ""
                self.add_error(field_of(column.name), NO_DAYS.format(column.name, shown))
        return found

    def answers(self, name: str) -> Answers:
        """Return what was said, for a mapping of that name. Only of a form that is valid."""
        given = self.cleaned_data
        general = ("title", "credit", "kind", "order", "court", "charge_title")
        roles = {column.name: given[field_of(column.name)] for column in self.columns}
        roles |= {column.name: NEVER for column in self.columns if column.is_private}
        known = [column.name for column in self.columns if not column.is_private and roles[column.name] != NEVER]
        return Answers(
            name=name,
            **{one: " ".join(str(given[one]).split()) for one in general},
            outcome_of=given["outcome_of"] or "charge",
            roles=roles,
            lists=frozenset(column.name for column in self.columns if column.is_list),
            ways=self.ways,
            means={words: slug for words in self.words() if (slug := given.get(meaning_of(words)))},
            columns=tuple(known),
            later=self.later,
            matters=self.names_of_matters(),
            courts=given["courts"],
        )

    def toml(self, row: Mapping | None, data: dict[str, Any] | None) -> str:
        """Return the mapping that was said, as TOML. Raises ``ValidationError`` if it can not be used."""
        title = self.cleaned_data["title"]
        name = row.name if row else slugify(title)[:60].strip("-_") or f"table-{short(title)}"
        text = written(laid_out(self.answers(name), data))
        try:
            refuse_strange_words(of_words(text))
        except NotReadableError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return text


def _derived(words: str) -> str:
    """Return the outcome that words say by themselves, to begin with; an editor looks at it."""
    found = said(words)
    return "" if found == UNKNOWN else found.disposition


class TextForm(forms.Form):
    """A mapping as TOML: typed, or from a file."""

    text = forms.CharField(
        label="The mapping, as TOML",
        max_length=LONGEST_TEXT,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "cols": 80, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Or a TOML file", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Take the file's words if there is one."""
        given = super().clean() or {}
        if file := given.get("file"):
            data = file.read(LONGEST_TEXT + 1)
            if len(data) > LONGEST_TEXT:
                raise ValidationError("The file is longer than a mapping can be.")
            try:
                given["text"] = data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ValidationError("The file is not written in UTF-8. Save it as UTF-8.") from error
        if not str(given.get("text", "")).strip() and not self.errors:
            raise ValidationError("Choose a TOML file, or write the mapping into the box.")
        return given


class TableFile(forms.Form):
    """A table whose columns are to be told apart."""

    file = forms.FileField(
        label="Table",
        max_length=200,
        error_messages={"required": "Choose a table first."},
        help_text="A CSV file or an XLSX workbook. It is kept while you say what its columns are, an hour at most.",
    )
