"""Holding a text against what the acts have said: whom its words are about, and what they say too much."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cases.language.phrases import RULES, Rule
from cases.language.said import Said, Told
from people.names import fold

_SENTENCES = re.compile(r"(?<=[.!?])[\s”\"’]+(?=[A-Z“\"‘*])|[;\n]+")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*»|‘[^’]*(?:’|$)(?!\w)")
_WORK = re.compile(r"\*[^*]+\*")  # the title of a work, as the record marks it
_WORD = re.compile(r"[^\W_]+(?:['’ʼ](?!s\b)[^\W_]+)*")  # O’Neil is one word, Baldwin’s is the name
_CLAUSE = re.compile(r"[,;:()—–]")
# "if convicted", "was not convicted", "the State could have him convicted", "no conviction"
_DOUBT = frozenset(
    (
        "not", "never", "no", "nor", "neither", "if", "without", "until", "unless", "before", "could", "would", "may",
        "might", "should", "whether", "avoid", "avoided", "seek", "seeks", "sought", "seeking", "wants", "want",
        "wanted", "hopes", "hope", "deny", "denies", "denied", "cannot", "isnt", "wasnt", "werent", "arent",
    )
)  # fmt: skip
_REACH = 4  # words before the phrase that may take it back


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that say more than the acts: which, why, and what to write instead.

    ``quoted``: they stand in quotation marks, where they are somebody's own and may be right to keep.
    """

    code: str
    words: str
    why: str
    instead: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    """One person's name in a sentence: its first word's number, and the number after its last."""

    first: int
    last: int
    person: Told


def check(text: str, *, people: Sequence[Told], about: Sequence[Told]) -> list[Finding]:
    """Return what in ``text`` says more than the acts, in reading order.

    ``people`` are all whom the text may name; ``about`` those it is about where a sentence names nobody. Where nobody
    at all is accused or sued, only words that are never right are found.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found: dict[tuple[int, str], Finding] = {}
    for start, sentence in _sentences(_without_works(text)):
        words = list(_WORD.finditer(sentence))
        mentions = list(_mentions(words, people))
        for rule in RULES:
            for match in rule.pattern.finditer(sentence):
                if rule.needs and _in_doubt(sentence[: match.start()]):
                    continue
                before = sum(word.end() <= match.start() for word in words)
                persons, named = _whom(before, mentions, about)
                if told := _amiss(rule, persons, named=named):
                    at = start + match.start()
                    inside = any(first <= at < last for first, last in quoted)
                    found[at, rule.code] = Finding(rule.code, match.group().strip(), *told, quoted=inside)
    return [found[key] for key in sorted(found)]


def words_of(text: str) -> frozenset[str]:
    """Return the folded words of a text, as names are looked for in it."""
    return frozenset(fold(word.group()) for word in _WORD.finditer(text))


def _without_works(text: str) -> str:
    return _WORK.sub(lambda match: " " * len(match.group()), text)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in _SENTENCES.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def _mentions(words: list[re.Match[str]], people: Sequence[Told]) -> Iterator[_Mention]:
    folded = [fold(word.group()) for word in words]
    for place in range(len(folded)):
        best = max(
            (
                (len(name), person)
                for person in people
                for name in person.names
                if name and tuple(folded[place : place + len(name)]) == name
            ),
            key=lambda pair: pair[0],
            default=None,
        )
        if best is not None:
            yield _Mention(place, place + best[0], best[1])


def _in_doubt(before: str) -> bool:
    """Whether the words just before, in the same clause, take back what follows: "if", "was not", "could be"."""
    clause = _CLAUSE.split(before)[-1]
    return any(fold(word) in _DOUBT for word in _WORD.findall(clause)[-_REACH:])


def _whom(at: int, mentions: list[_Mention], about: Sequence[Told]) -> tuple[list[Told], bool]:
    """Return whom words at that place are about: the names just before, else just after, else whom the text is about.

    Names that only "and" or a comma joins belong together. The second value says whether they are named.
    """
    earlier = [mention for mention in mentions if mention.first < at]
    chain = list(reversed(earlier)) if earlier else mentions
    if not chain:
        return list(about), False
    group = [chain[0]]
    for one in chain[1:]:
        last = group[-1]
        gap = last.first - one.last if earlier else one.first - last.last
        if gap > 1:
            break
        group.append(one)
    return [mention.person for mention in group], True


def _amiss(rule: Rule, persons: list[Told], *, named: bool) -> tuple[str, str] | None:
    """Return why the words say too much, and what to write instead; None where the acts bear them."""
    if not rule.needs:
        return rule.why, rule.instead
    right = [bool(rule.needs & person.said) for person in persons]
    if not persons or (all(right) if named else any(right)):
        return None
    said: set[Said] = {one for person, fits in zip(persons, right, strict=True) if not fits for one in person.said}
    for other, why, instead in rule.otherwise:
        if other in said:
            return why, instead
    return rule.why, rule.instead
