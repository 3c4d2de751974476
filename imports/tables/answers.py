"""What an editor says of a table's columns, as the tables of a mapping's TOML, and back.

What a mapping says beyond that (what is counted, which names are pseudonyms) is kept as it is.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

ONE_EACH = {
    "number": "the docket number", "court": "the court", "caption": "the name of the case", "matter": "the matter",
    "statute": "the statute", "outcome": "the outcome", "brought": "the day they were charged",
    "decided": "the day of the outcome", "sentenced": "the day of the sentence", "note": "the line of what happened",
    "link": "the address of a page",
}  # fmt: skip
DAYS = {"brought": ("charge", "brought"), "decided": ("outcome", "date"), "sentenced": ("sentence", "date")}
TERM, SUM = "term-", "sum-"
LATER = "later"
_BRACED = re.compile(r"\{([^{}]+)\}")
_OPENING = "Prosecution of "


@dataclass(slots=True)
class Answers:
    """What was said: of the source, of each column (``roles``), of days (``ways``), of words (``means``).

    ``later`` are the rows of a mapping's ``[[later]]``; ``matters`` and ``courts`` are the tables of these names.
    """

    name: str
    title: str = ""
    credit: str = ""
    kind: str = "criminal"
    order: str = ""
    court: str = ""
    charge_title: str = ""
    outcome_of: str = "charge"
    roles: dict[str, str] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    ways: dict[str, str] = field(default_factory=dict)
    means: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    later: list[dict[str, str]] = field(default_factory=list)
    matters: dict[str, str] = field(default_factory=dict)
    courts: dict[str, str] = field(default_factory=dict)

    def of(self, *roles: str) -> list[str]:
        """Return the columns that were said to be one of these, in the table's order."""
        return [column for column, role in self.roles.items() if role in roles]

    def only(self, role: str) -> str:
        """Return the one column said to be this, or ""."""
        return next(iter(self.of(role)), "")


def laid_out(answers: Answers, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the tables of a mapping that say what was answered; ``before`` is what the mapping said until now."""
    data: dict[str, Any] = deepcopy(dict(before or {}))
    data.update(name=answers.name, title=answers.title, credit=answers.credit)
    data.update(columns=list(answers.columns), never=answers.of("never"))
    who = _joined(_name_columns(answers), " ")
    case = data.get("case", {})
    case |= {"key": _joined(answers.of("key"), "/") or who, "kind": answers.kind}
    case |= {"caption": _joined(answers.of("caption"), "") or f"{_OPENING}{who}"}
    case |= {"number": answers.only("number"), "court": _joined(answers.of("court"), "") or answers.court}
    case |= {"matter": _joined(answers.of("matter"), ""), "courts": answers.courts}
    case |= {"matters": answers.matters if answers.of("matter") else {}}
    party = data.get("party", {})
    before_marks = {column: mark for mark, column in party.get("marks", {}).items()}
    marks = {before_marks.get(column, _plain(column)): column for column in answers.of("mark")}
    party |= {"name": who, "order": answers.order, "marks": marks}
    charge = data.get("charge", {})
    charge |= {"title": answers.charge_title, "statute": answers.only("statute")}
    charge |= {"list": next((one for one in answers.of("charge") if one in answers.lists), "")}
    charge |= {"columns": [one for one in answers.of("charge") if one not in answers.lists]}
    outcome = data.get("outcome", {})
    outcome |= {"column": answers.only("outcome"), "of": answers.outcome_of, "values": answers.means}
    outcome |= {"all": [words for words in outcome.get("all", ()) if words in answers.means]}
    sentence = data.get("sentence", {})
    sentence |= {"terms": _parts(answers, TERM), "sums": _parts(answers, SUM), "words": answers.of("words")}
    data |= {"case": case, "party": party, "charge": charge, "outcome": outcome, "sentence": sentence}
    data[LATER] = [row for row in answers.later if answers.roles.get(row["column"]) == LATER]
    data |= {"notes": {"list": answers.only("note")}, "links": {"list": answers.only("link")}}
    for role, (table, key) in DAYS.items():
        column = answers.only(role)
        data[table][key] = {"column": column, "as": answers.ways.get(column, "iso")} if column else {}
    if not answers.only("outcome"):
        data["outcome"] = {}
    return _in_order(data)


def taken_apart(data: Mapping[str, Any]) -> Answers:
    """Return the answers from which a mapping could have come. Whether it did, ``is_plain`` says."""
    case, party, charge = data["case"], data["party"], data["charge"]
    outcome, sentence = data.get("outcome", {}), data.get("sentence", {})
    roles: dict[str, str] = dict.fromkeys(data.get("columns", ()), "")
    names = _BRACED.findall(party["name"])
    roles |= dict.fromkeys(names, "person") if len(names) < 2 else {**dict.fromkeys(names, "first"), names[-1]: "last"}
    if case["key"] != party["name"]:
        roles |= dict.fromkeys(_BRACED.findall(case["key"]), "key")
    for role, template in (("caption", case["caption"]), ("court", case.get("court")), ("matter", case.get("matter"))):
        if template and template != f"{_OPENING}{party['name']}":
            roles |= dict.fromkeys(_BRACED.findall(template), role)
    named = {
        "number": case.get("number"), "statute": charge.get("statute"), "outcome": outcome.get("column"),
        "note": data.get("notes", {}).get("list"), "link": data.get("links", {}).get("list"),
        "charge": charge.get("list"),
    }  # fmt: skip
    roles |= {column: role for role, column in named.items() if column}
    roles |= dict.fromkeys(charge.get("columns", ()), "charge") | dict.fromkeys(sentence.get("words", ()), "words")
    roles |= dict.fromkeys(party.get("marks", {}).values(), "mark") | dict.fromkeys(data.get("never", ()), "never")
    roles |= {column: f"{TERM}{kind}" for column, kind in sentence.get("terms", {}).items()}
    roles |= {column: f"{SUM}{kind}" for column, kind in sentence.get("sums", {}).items()}
    ways = {}
    for role, (table, key) in DAYS.items():
        if column := data.get(table, {}).get(key, {}).get("column"):
            roles[column], ways[column] = role, data[table][key].get("as", "iso")
    later = {(row["column"], row["is"]): dict(row) for row in data.get(LATER, ())}
    roles |= {column: LATER for column, _ in later}
    court = case.get("court", "")
    return Answers(
        name=data["name"],
        title=data.get("title", ""),
        credit=data.get("credit", ""),
        kind=case.get("kind", "criminal"),
        order=party.get("order", ""),
        court="" if _BRACED.search(court) else court,
        charge_title=charge.get("title", ""),
        outcome_of=outcome.get("of", "charge"),
        roles=roles,
        lists=frozenset(filter(None, [charge.get("list")])),
        ways=ways,
        means=dict(outcome.get("values", {})),
        columns=tuple(data.get("columns", ())),
        later=list(later.values()),
        matters=dict(case.get("matters", {})),
        courts=dict(case.get("courts", {})),
    )


def is_plain(data: Mapping[str, Any]) -> bool:
    """Whether the questions about columns can say all that a mapping says of them. If not, it is edited as TOML."""
    beginnings = data["case"].get("courts", {})
    if any("=" in start or start != " ".join(start.split()) for start in beginnings):  # no line of the page says that
        return False
    return laid_out(taken_apart(data), data) == _in_order(deepcopy(dict(data)))


def beyond(data: Mapping[str, Any]) -> list[str]:
    """Return what of a mapping the questions do not show, and leave as it is."""
    found = ["what is counted for the account"] if data.get("count") else []
    inside = {
        ("party", "pseudonym"): "which names are pseudonyms", ("party", "empty"): "why a row may name nobody",
        ("outcome", "all"): "outcomes said of all charges", ("sentence", "nothing"): "words that say nothing",
    }  # fmt: skip
    return [*found, *(words for (table, key), words in inside.items() if data.get(table, {}).get(key))]


def _name_columns(answers: Answers) -> list[str]:
    return answers.of("person") or [*answers.of("first"), *answers.of("last")]


def _joined(columns: Iterable[str], between: str) -> str:
    return between.join(f"{{{column}}}" for column in columns)


def _parts(answers: Answers, kind: str) -> dict[str, str]:
    return {column: role.removeprefix(kind) for column, role in answers.roles.items() if role.startswith(kind)}


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_") or column


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without what says nothing, and without what goes without saying."""
    usual = {("case", "kind"): "criminal", ("outcome", "of"): "charge"}
    order = ("name", "title", "credit", "columns", "never", "case", "party", "charge", "outcome", "sentence")
    found: dict[str, Any] = {}
    for key in (*order, *(key for key in data if key not in order)):
        value = data.get(key)
        if isinstance(value, Mapping):
            value = {name: inner for name, inner in value.items() if inner not in ("", [], {}, None)}
            value = {name: inner for name, inner in value.items() if usual.get((key, name)) != inner}
        if value not in ("", [], {}, None) or key == "charge":
            found[key] = value
    return found
