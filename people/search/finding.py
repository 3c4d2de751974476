"""The search itself, in stages: what costs little first, and what costs more only where that found too few."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from people.search.asking import RUN_TOGETHER, Query, Word, parse
from people.search.fetching import (
    MOST_RANKED,
    Among,
    Groups,
    Known,
    Row,
    Words,
    dictionary,
    names_beginning,
    names_holding,
)
from people.search.keys import EDGES, deletions, edits_allowed, edits_looked_for, together
from people.search.ranking import Hit, rank
from people.search.senses import ANY_NUMBER, How, Reading, Sense, conditions, plain_reading

ENOUGH = 10  # hits on a first page: with so many exact ones nothing else is looked for
MOST_READINGS = 6
MOST_FORMS = 32  # of one word that are looked for at once, the likeliest: each costs time for every name that has it
MOST_IN_PAIRS = 4  # words of which two may be misspelt: of more there are too many twos
COMMON = 50  # names with a word, from which on it is taken to be spelt as it was meant
RARE = 0.6  # how much further away the rarest form of a word is held to be than the commonest
NO_WORDS = Words([], [])
EVERYBODY = Among(standing=0)


@dataclass(slots=True)
class Found:
    """Who was found, best first. ``more``: there are others beyond. ``nearest``: nobody has all the words.

    ``beside`` are those of the lower standing that was asked for too.
    """

    hits: list[Hit] = field(default_factory=list)
    beside: list[Hit] = field(default_factory=list)
    more: bool = False
    nearest: bool = False
    readings: list[Reading] = field(default_factory=list)


def find(typed: str, *, among: Among = EVERYBODY, thorough: bool = True) -> Found:
    """Return the persons whose name somebody may have meant. Anything may be typed; nothing in it finds nobody.

    Unless ``thorough``, a word may have one typing error, and all words have to be found.
    """
    query = parse(typed)
    if query is None:
        return Found()
    looking = _Looking(query, plain_reading(query), among)
    found = looking.plainly()
    if sum(hit.how <= How.INITIAL for hit in found.hits) >= ENOUGH:
        return found
    if found.hits or not thorough:
        return looking.near()
    found = looking.thoroughly()
    return found if found.hits else looking.nearest()


@dataclass(slots=True)
class _Looking:
    """One search on its way: the names met so far, and what the words have been taken for."""

    query: Query
    plain: Reading
    among: Among
    rows: dict[tuple[int, int | None], Row] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def plainly(self) -> Found:
        """Look for the words as they stand, or their nicknames."""
        texts = self.query.texts
        if len(texts) == 1:
            self._met(names_beginning(self.query.folded, self.among, MOST_RANKED, whole_word=True))
        if len(self.rows) < MOST_RANKED:
            asked = [conditions(self.plain, How.EXACT)]
            if len(texts) > 1 and any(sense.is_open for sense in self.plain):
                # A letter alone begins the names of more persons than are looked at: who bears just that comes first.
                asked.append([[together(one, other)] for one, other in pairwise(texts)][:3])
            self._met(_fetch(self.query, asked, self.among))
        return _ranked(self.rows.values(), [self.plain], self.among)

    def near(self) -> Found:
        """Look for names in which a word is begun or has one error, or is written apart or together with the next."""
        self.readings, _ = _with_like_words(self.query, self.plain, 1, COMMON)
        return self._look_for(self._near_readings())

    def thoroughly(self) -> Found:
        """Look for two errors as well, in one word or in two. A common word is taken to be spelt as it was meant.

        Where that finds nobody, look for two errors in any word, and in all of them.
        """
        self.readings, sure = _with_like_words(self.query, self.plain, 2, COMMON)
        base = _needed(self.readings[0])
        unsure = set(self.query.texts) - sure
        pairs = list(_varied(base, 2, How.ONE_EDIT, sure)) if len(base) == 2 and not sure else []
        found = self._look_for([*self._near_readings(unsure), *pairs])
        if found.hits:
            return found
        if len(base) <= MOST_IN_PAIRS and not pairs and (found := self._look_for(_varied(base, 2, How.ONE_EDIT))).hits:
            return found
        if sure:
            self.readings, _ = _with_like_words(self.query, self.plain, 2, ANY_NUMBER)
            found = self._look_for(_varied(_needed(self.readings[0]), 1, How.TWO_EDITS, unsure))
            if found.hits:
                return found
        return self._look_for(map(_needed, self.readings))

    def _near_readings(self, unsure: Container[str] = ()) -> list[Reading]:
        """Return the readings in which one word is not as it was typed: as far as two errors, if it is unsure."""
        base, *others = map(_needed, self.readings)
        if len(base) == 1:  # which alone may be in too many names
            base, *others = self.readings
        far = _varied(base, 1, How.TWO_EDITS, [word for word in self.query.texts if word not in unsure])
        return [
            *_varied(base, 1, How.ONE_EDIT, unsure),
            *(far if unsure else ()),
            *([sense.as_typed() for sense in other] for other in others),
        ]

    def nearest(self) -> Found:
        """Leave words out, as few as possible: those who are nearest to what was typed."""
        base = self.readings[0]
        # A single letter or a number alone is no likeness.
        needed = [sense for sense in _needed(base) if len(sense.word.text) > 1 and sense.word.text.isalpha()]
        for kept in sorted({len(needed) - 1, 2, 1} & set(range(1, len(needed))), reverse=True):
            asked = [conditions(list(some)) for some in combinations(needed, kept)]
            found = _ranked(_fetch(self.query, asked, self.among), [base], self.among, nearest=True)
            if found.hits:
                return found
        return Found(nearest=True, readings=[base])

    def _look_for(self, readings: Iterable[Reading]) -> Found:
        asked = [conditions(reading) for reading in readings]
        # Those that ask for one key each are asked as one.
        alone = [key for groups in asked if len(groups) == 1 for key in groups[0]]
        several = [groups for groups in asked if len(groups) > 1]
        self._met(_fetch(self.query, [[alone], *several], self.among))
        return _ranked(self.rows.values(), self.readings, self.among)

    def _met(self, rows: Iterable[Row]) -> None:
        self.rows |= {(row.person_id, row.name_id): row for row in rows}


def _varied(reading: Reading, words: int, most: How, sure: Container[str] = ()) -> Iterator[Reading]:
    """Yield the reading with so many of its words begun or misspelt, each choice of them, and the others as typed.

    A word is misspelt as far as ``most``; no word in ``sure`` is. Where none can be, the reading itself is yielded.
    """
    may = [at for at, sense in enumerate(reading) if sense.word.text not in sure and sense.may_differ(most)]
    typed = [[sense.as_typed()] for sense in reading]
    apart = {at: reading[at].apart(most) for at in may}
    for chosen in combinations(may, words) if len(may) >= words else ((),):
        yield from map(list, product(*(apart[at] if at in chosen else typed[at] for at in range(len(reading)))))


def suggest(typed: str, *, among: Among = EVERYBODY, at_most: int = 8) -> list[Hit]:
    """Return the first few persons for what is typed so far."""
    query = parse(typed)
    if query is None:
        return []
    reading = plain_reading(query)
    for sense in reading:
        sense.begun = True
    rows = names_beginning(query.folded, among, at_most)
    hits = _ranked(rows, [reading], among).hits
    if len(hits) < at_most and len(query.words) > 1:
        more = _fetch(query, [conditions(reading, How.EXACT)], among)
        hits = _ranked(list(dict.fromkeys([*rows, *more])), [reading], among).hits
    return (hits or find(typed, among=among, thorough=False).hits)[:at_most]


def _fetch(query: Query, asked: Sequence[Groups], among: Among) -> list[Row]:
    typed = [word.text for word in (*query.needed, *query.words)]
    return names_holding(asked, typed[:4], among)


def _ranked(rows: Collection[Row], readings: list[Reading], among: Among, *, nearest: bool = False) -> Found:
    ranked = rank(rows, readings, nearest=nearest)
    hits = [hit for hit in ranked if hit.standing >= among.standing]
    beside = [hit for hit in ranked if hit.standing < among.standing]
    return Found(hits, beside, more=len(rows) >= MOST_RANKED, nearest=nearest, readings=readings)


def _with_like_words(query: Query, plain: Reading, most: int, common: int) -> tuple[list[Reading], set[str]]:
    """Return the readings in which a word may be begun, misspelt, written apart or together.

    ``most`` says how many typing errors a word may have. Also returns the words that are in more than ``common``
    names, unless all are: they may have one at most, for what is wrong is more likely another.
    """
    texts = query.texts
    joined = {one + other: at for at, (one, other) in enumerate(pairwise(texts))}
    apart = {at: _halves(text) for at, text in enumerate(texts)}
    words = {*texts, *joined, *(half for halves in apart.values() for pair in halves for half in pair)}
    words |= {form for sense in plain for form in sense.forms}
    depths = {text: edits for text in texts if (edits := min(most, edits_looked_for(text)))}
    cuts = {text: [deletions(text, edits) for edits in range(1, most + 1)] for text, most in depths.items()}
    known = dictionary(words, [text for text in texts if len(text) > EDGES], cuts, common)
    frequencies = known.frequencies
    sure = {text for text in depths if frequencies.get(text, 0) > common}
    sure = sure if len(sure) < len(depths) else set()
    surname = query.needed[-1]
    base = [
        _widened(
            sense,
            known,
            min(depths.get(sense.word.text, 0), 1 if sense.word.text in sure else 2),
            last=sense.word is surname or sense.word.dispensable,
        )
        for sense in plain
    ]
    readings = [base]
    for whole, at in joined.items():
        if whole in frequencies:
            readings.append(
                [*base[:at], Sense(Word(whole), {whole: How.JOINED}, frequencies=frequencies), *base[at + 2 :]]
            )
    for at, halves in apart.items():
        for pair in halves:
            if all(half in frequencies for half in pair if half not in RUN_TOGETHER):
                split = [
                    Sense(Word(half, half in RUN_TOGETHER), {half: How.JOINED}, frequencies=frequencies)
                    for half in pair
                ]
                readings.append([*base[:at], *split, *base[at + 1 :]])
    return readings[:MOST_READINGS], sure


def _halves(text: str) -> list[tuple[str, str]]:
    """The ways to write a word apart: after a particle, or in two words of three letters at least."""
    if not text.isalpha():
        return []
    pairs = [(text[:at], text[at:]) for at in range(1, len(text) - 1)]
    return [
        (one, other)
        for one, other in pairs
        if (other not in RUN_TOGETHER if one in RUN_TOGETHER else len(one) >= 3 and len(other) >= 3)
    ]


def _needed(reading: Reading) -> Reading:
    """The words that the name can not do without: all of them, if each alone could be spared."""
    return [sense for sense in reading if not sense.word.dispensable] or reading


def _widened(sense: Sense, known: Known, allowed: int, *, last: bool) -> Sense:
    text = sense.word.text
    # A name may have an initial where a given name was typed, which is not the last word that counts.
    initial = len(text) > 1 and not last
    wide = Sense(sense.word, dict(sense.forms), dict(sense.rarity), begun=len(text) >= 2, initial=initial)
    wide.frequencies = {form: known.frequencies.get(form, 0) for form in wide.forms}
    begun, alike = known.begun.get(text, NO_WORDS), known.alike.get(text, NO_WORDS)
    commonest = max((*begun.frequencies, *alike.frequencies), default=1)
    own = edits_allowed(text)
    forms: dict[str, tuple[How, int]] = {}
    # Letters left out, added or changed, or two neighbours exchanged (optimal string alignment).
    for token, apart, at in extract(text, alike.tokens, scorer=OSA.distance, score_cutoff=allowed, limit=None):
        if 0 < apart <= own or 0 < apart <= edits_allowed(token):
            forms[token] = (How.ONE_EDIT if apart == 1 else How.TWO_EDITS, alike.frequencies[at])
    for token, frequency in zip(*begun, strict=True):
        if token != text:
            forms[token] = (How.BEGINNING, frequency)
    likeliest = sorted(forms.items(), key=lambda form: (form[1][0], -form[1][1], form[0]))
    for token, (how, frequency) in likeliest[:MOST_FORMS]:
        wide.add(token, how, RARE * (1 - (frequency / commonest) ** 0.25))
        wide.frequencies[token] = frequency
    return wide
