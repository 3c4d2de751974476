"""The questions that follow from what columns are: what happened later, what a matter is called, which court it is."""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.choices import CATEGORIES, label
from cases.law.vocabulary import KINDS, Category
from imports.reading.columns import Column
from imports.tables.answers import LATER, Answers

MOST_LATER = 12  # different words of one column that may each say that something happened
PARTS = ("kind", "title", "convicted", "pending")
NOTHING, NEVER_SO = "nothing", "never"
EACH_LINE = "Write on each line how the number begins, “=”, and the court: “1:21-cr = District of Columbia”. Not: “{}”."
TWICE_BEGUN = "“{}” stands there twice."
NO_NUMBER = "Say which column holds the docket number, or leave this empty."
TOO_MANY_LATER = f"“{{}}” has more than {MOST_LATER} different texts: it does not say by fixed words what happened."
SAY_LATER = "Say below what happened where “{}” says so, for one of its words at least."
SAY_BOTH = "Say what it makes of a conviction, and of a charge that is still open."


def short(words: str) -> str:
    """Return a name for a field that asks about these words."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def later_of(part: str, column: str, words: str) -> str:
    """Return the name of the field that asks one ``part`` of what happened where a column has these words."""
    both = "\0".join((column, words))
    return f"{LATER}-{part}-{short(both)}"


def name_of_matter(words: str) -> str:
    """Return the name of the field that asks what a matter is called."""
    return f"matter-{short(words)}"


def lines_of(courts: dict[str, str]) -> str:
    """Return courts by the beginnings of numbers, as somebody would write them into the field."""
    return "\n".join(f"{start} = {court}" for start, court in courts.items())


def acts() -> list[Any]:
    """Return what may have happened, those first that come after a verdict."""
    first = [Category.CLEMENCY_OR_RELIEF, Category.APPELLATE, Category.SENTENCE, Category.CUSTODY]
    titles = {str(value): title for value, title in CATEGORIES}
    ordered = [*first, *(category for category in KINDS if category not in first)]
    return [
        ("", "Nothing of the record"),
        *(
            (titles[category.value], [(f"{category.value}/{kind}", label(kind)) for kind in KINDS[category]])
            for category in ordered
        ),
    ]


class FurtherForm(forms.Form):
    """What else is asked once it is known what the columns are. Who extends it sets ``columns`` and ``before``."""

    columns: tuple[Column, ...]
    before: Answers | None

    def column_with(self, role: str) -> list[Column]:
        """Return the columns that are said to be this; to be implemented by the form that asks it."""
        raise NotImplementedError

    # --- what happened later --------------------------------------------------------------------------------------

    def later_words(self, column: Column) -> list[str]:
        """Return the words of a column that may each say that something happened."""
        before = [row["is"] for row in self.before.later if row["column"] == column.name] if self.before else []
        return list(dict.fromkeys([*(column.values if len(column.values) <= MOST_LATER else ()), *before]))

    def ask_later(self, terms: list[tuple[str, str]]) -> None:
        """Ask what happened where a column says so, and what became of charges by that."""
        becomes = [("", "— say which"), (NOTHING, "It changes no outcome"), (NEVER_SO, "It can not be: tell an editor")]
        for column in self.column_with(LATER):
            first: dict[str, str] = {}
            for words in self.later_words(column):
                said = self._said_later(column.name, words)
                first |= {later_of(part, column.name, words): said[part] for part in PARTS}
                names = {part: later_of(part, column.name, words) for part in PARTS}
                self.fields[names["kind"]] = forms.ChoiceField(
                    label=f"Where it says “{words}”", required=False, choices=acts(), initial=said["kind"]
                )
                self.fields[names["title"]] = forms.CharField(
                    label=f"“{words}”: what to call it", required=False, max_length=200, initial=said["title"],
                    widget=forms.TextInput(attrs={"class": "vTextField"}),
                )  # fmt: skip
                for part, noun in (("convicted", "conviction"), ("pending", "charge that is still open")):
                    self.fields[names[part]] = forms.ChoiceField(
                        label=f"“{words}”: what it makes of a {noun}", required=False, choices=[*becomes, *terms],
                        initial=said[part],
                    )  # fmt: skip
            if self.is_bound and not any(name in self.data for name in first):  # it was not asked before
                self.data = {**dict(self.data.items()), **first}

    def _said_later(self, column: str, words: str) -> dict[str, str]:
        known = self.before.later if self.before else []
        row = next((one for one in known if (one["column"], one["is"]) == (column, words)), None)
        if row is None:
            return dict.fromkeys(PARTS, "")
        outcomes = {part: row.get(part, NEVER_SO) or NOTHING for part in ("convicted", "pending")}
        return {"kind": f"{row['category']}/{row['kind']}", "title": row["title"], **outcomes}

    def later_rows(self) -> list[dict[str, Any]]:
        """Return the questions about what happened later, column by column, for the page."""
        return [
            {
                "column": column,
                "words": [
                    [self[later_of(part, column.name, words)] for part in PARTS] for words in self.later_words(column)
                ],
            }
            for column in self.column_with(LATER)
        ]

    def read_later(self, given: dict[str, Any]) -> list[dict[str, str]]:
        """Return what happens later, as a mapping says it; refuse what is half said."""
        found: list[dict[str, str]] = []
        for column in self.column_with(LATER):
            own = [row for words in self.later_words(column) if (row := self._one_later(given, column.name, words))]
            if column.filled and not self.later_words(column):
                self.add_error(f"is-{short(column.name)}", TOO_MANY_LATER.format(column.name))
            elif not own:
                self.add_error(f"is-{short(column.name)}", SAY_LATER.format(column.name))
            found += own
        before = [(row["column"], row["is"]) for row in self.before.later] if self.before else []
        places = {one: place for place, one in enumerate(before)}  # what happened first stays first
        return sorted(found, key=lambda row: places.get((row["column"], row["is"]), len(places)))

    def _one_later(self, given: dict[str, Any], column: str, words: str) -> dict[str, str]:
        said = {part: str(given.get(later_of(part, column, words), "")) for part in PARTS}
        if not said["kind"]:
            return {}
        if not (said["convicted"] and said["pending"]):
            self.add_error(later_of("kind", column, words), SAY_BOTH)
        category, _, kind = said["kind"].partition("/")
        title = " ".join(said["title"].split()) or label(kind)
        row = {"column": column, "is": words, "category": category, "kind": kind, "title": title}
        outcomes = {part: said[part] for part in ("convicted", "pending") if said[part] != NEVER_SO}
        return row | {part: "" if slug == NOTHING else slug for part, slug in outcomes.items()}

    # --- what matters are called ----------------------------------------------------------------------------------

    def matters(self) -> list[str]:
        """Return the words that stand in the column of the matter, or have a name already."""
        columns = self.column_with("matter")
        known = self.before.matters if self.before and self.before.of("matter") == [one.name for one in columns] else {}
        there = [" ".join(words.split()) for column in columns for words in column.values]
        return list(dict.fromkeys([*there, *known]))

    def ask_matters(self) -> None:
        """Ask what each matter is called."""
        known = self.before.matters if self.before else {}
        names = {name_of_matter(words): known.get(words, "") for words in self.matters()}
        for words in self.matters():
            self.fields[name_of_matter(words)] = forms.CharField(
                label=f"“{words}”", required=False, max_length=200, initial=known.get(words, ""),
                widget=forms.TextInput(attrs={"class": "vTextField"}),
            )  # fmt: skip
        if self.is_bound and not any(name in self.data for name in names):
            self.data = {**dict(self.data.items()), **names}

    def matter_rows(self) -> list[Any]:
        """Return the questions what matters are called."""
        return [self[name_of_matter(words)] for words in self.matters()]

    def names_of_matters(self) -> dict[str, str]:
        """Return what was said that matters are called. Only of a form that is valid."""
        said = {words: self.cleaned_data.get(name_of_matter(words), "") for words in self.matters()}
        return {words: " ".join(name.split()) for words, name in said.items() if name.split()}

    # --- courts by the docket number ------------------------------------------------------------------------------

    def clean_courts(self) -> dict[str, str]:
        """Return the courts by how a docket number begins. Raises ``ValidationError`` naming the line."""
        found: dict[str, str] = {}
        for line in str(self.cleaned_data.get("courts") or "").splitlines():
            if not line.strip():
                continue
            start, _, court = (" ".join(part.split()) for part in line.partition("="))
            if not start or not court:
                raise ValidationError(EACH_LINE.format(line.strip()[:80]))
            if start in found:
                raise ValidationError(TWICE_BEGUN.format(start))
            found[start] = court
        return found
