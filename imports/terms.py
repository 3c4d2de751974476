"""Whether the words that a mapping gives are words of the record: outcomes, kinds of sentences, of acts, of cases."""

from collections.abc import Iterable
from difflib import get_close_matches

from cases.choices import CASE_KINDS, PartyRole
from cases.law.vocabulary import KINDS, SentenceKind
from cases.models import Disposition
from imports.reading.found import NotReadableError
from imports.reading.mapping import TableMapping

NO_TERM = "The mapping “{}” can not be used: {} says “{}”, which is no {} of this record.{}"


def refuse_strange_words(mapping: TableMapping) -> None:
    """Raise ``NotReadableError`` with one sentence on the first word that the record does not have."""
    slugs = {str(slug) for slug in Disposition.objects.values_list("slug", flat=True)} | {"filed"}
    given = [(f"[outcome.values] “{words}”", slug) for words, slug in mapping.outcomes.items()]
    later = [slug for one in mapping.later for slug in (one.convicted, one.pending) if slug]
    given += [("[[later]]", slug) for slug in later]
    kinds = [(f"[sentence] {column}", kind) for column, kind in (*mapping.terms.items(), *mapping.sums.items())]
    acts = [("[[later]] category and kind", f"{one.category}/{one.kind}") for one in mapping.later]
    known_acts = [f"{category}/{kind}" for category, of in KINDS.items() for kind in of]
    _refuse(mapping, [("[case] kind", mapping.kind)], (slug for slug, _ in CASE_KINDS), "kind of case")
    roles = ("defendant", *PartyRole.values)
    _refuse(mapping, [("[party] role", mapping.role)], roles, "role of a party")
    _refuse(mapping, given, slugs, "outcome")
    _refuse(mapping, kinds, SentenceKind, "part of a sentence")
    _refuse(mapping, acts, known_acts, "act")


def _refuse(mapping: TableMapping, given: Iterable[tuple[str, str]], known: Iterable[str], noun: str) -> None:
    words = [str(word) for word in known]
    for place, word in given:
        if word not in words:
            near = get_close_matches(word, words, 1)
            guess = f" Did you mean “{near[0]}”?" if near else ""
            raise NotReadableError(NO_TERM.format(mapping.name, place, word, noun, guess))
