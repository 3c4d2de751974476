"""The search itself, in stages: what costs little first, and what costs more only where that found too few."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

from rapidfuzz.distance import OSA

from people.search.asking import RUN_TOGETHER, Query, Word, parse
from people.search.fetching import (
    MOST_RANKED,
    Among,
    Known,
    Row,
    dictionary,
    names_beginning,
    names_holding,
)
from people.search.keys import EDGES, deletions, edits_allowed, edits_looked_for, key
from people.search.ranking import Hit, rank
from people.search.senses import COST, RARE_ENOUGH, How, Reading, Sense, conditions, plain_reading

ENOUGH = 10  # hits on a first page: with so many exact ones nothing else is looked for
MOST_READINGS = 6
MOST_FORMS = 48  # of one word that are looked for at once, the likeliest: each costs time for every name that has it
MOST_IN_PAIRS = 4  # words of which two may be misspelt: of more there are too many twos
COMMON = 50  # names with a word, from which on it is taken to be spelt as it was meant
RARE = 0.6  # how much further away the rarest form of a word is held to be than the commonest
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
    plain = plain_reading(query)
    looking = _Looking(query, plain, among, _first_rows(query, plain, among))
    found = looking.ranked([plain])
    if sum(hit.how <= How.INITIAL for hit in found.hits) >= ENOUGH:
        return found
    found = looking.near(found, thorough=thorough)
    if not thorough or _are_good(found.hits):
        return found
    return looking.further()


@dataclass(slots=True)
class _Looking:
    """One search on its way: the rows met so far, and what the words have been taken for."""

    query: Query
    plain: Reading
    among: Among
    rows: list[Row]
    readings: list[Reading] = field(default_factory=list)
    common: set[str] = field(default_factory=set)
    in_pairs: bool = False

    def ranked(self, readings: list[Reading]) -> Found:
        return _ranked(self.rows, readings, self.among)

    def look_for(self, readings: Iterable[Reading]) -> Found:
        self.rows = _union(self.rows, _fetch(self.query, list(readings), self.among))
        return self.ranked(self.readings)

    def near(self, found: Found, *, thorough: bool) -> Found:
        """Look for names in which a word is begun or has one error, or is written apart or together with the next.

        Where nobody has all the words as they stand, two errors in one word are asked of the dictionary at once.
        """
        self.in_pairs = not found.hits and len(self.query.needed) == 2
        dispensable = any(word.dispensable for word in self.query.words)
        for edits in (2,) if thorough and not found.hits else (1, 2) if thorough else (1,):
            self.readings, self.common = _with_like_words(self.query, self.plain, edits)
            for needed in (False, True) if dispensable else (True,):
                found = self.look_for(self._near_readings(needed=needed))
                if _are_good(found.hits):
                    return found
        return found

    def _near_readings(self, *, needed: bool) -> list[Reading]:
        base, *others = map(_needed, self.readings) if needed else self.readings
        near = [one for words in (1, 2)[: 1 + self.in_pairs] for one in _varied(base, words, How.ONE_EDIT)]
        return [*near, *([sense.as_typed() for sense in other] for other in others)]

    def further(self) -> Found:
        """Look for two errors: in one word, a common one last, or in two; then in all; then leave words out."""
        base = _needed(self.readings[0])
        pairs = [] if self.in_pairs or len(base) > MOST_IN_PAIRS else list(_varied(base, 2, How.ONE_EDIT))
        for sure in (self.common, set()) if self.common else (set(),):
            found = self.look_for([*pairs, *_varied(base, 1, How.TWO_EDITS, sure)])
            if found.hits:
                return found
        found = self.look_for(map(_needed, self.readings))
        return found if found.hits else _nearest(self.query, self.readings, self.among)


def _varied(reading: Reading, words: int, most: How, sure: Container[str] = ()) -> Iterator[Reading]:
    """Yield the reading with so many of its words begun or misspelt, each choice of them, and the others as typed.

    A word is misspelt as far as ``most``; no word in ``sure`` is. Where none can be, the reading itself is yielded.
    """
    may = [at for at, sense in enumerate(reading) if sense.word.text not in sure and sense.may_differ(most)]
    for chosen in combinations(may, words) if len(may) >= words else ((),):
        yield from map(
            list,
            product(*(sense.apart(most) if at in chosen else [sense.as_typed()] for at, sense in enumerate(reading))),
        )


def _are_good(hits: list[Hit]) -> bool:
    """Whether nobody has to be looked for further away: all words are there, or a page is full of nearer names."""
    if any(hit.how <= How.INITIAL for hit in hits[:1]):
        return True
    return len(hits) >= ENOUGH and all(hit.cost < COST[How.TWO_EDITS] for hit in hits[:ENOUGH])


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
        rows = _union(rows, _fetch(query, [reading], among))
        hits = _ranked(rows, [reading], among).hits
    return (hits or find(typed, among=among, thorough=False).hits)[:at_most]


def _first_rows(query: Query, plain: Reading, among: Among) -> list[Row]:
    if len(query.words) > 1:
        return _fetch(query, [plain], among)
    rows = names_beginning(query.folded, among, MOST_RANKED, whole_word=True)
    return rows if len(rows) >= MOST_RANKED else _union(rows, _fetch(query, [plain], among))


def _fetch(query: Query, readings: Sequence[Reading], among: Among) -> list[Row]:
    return names_holding([conditions(reading) for reading in readings], [key(text) for text in query.texts], among)


def _union(rows: Iterable[Row], more: Iterable[Row]) -> list[Row]:
    return list({(row.person_id, row.name_id): row for row in (*rows, *more)}.values())


def _ranked(rows: Sequence[Row], readings: list[Reading], among: Among) -> Found:
    ranked = rank(rows, readings)
    hits = [hit for hit in ranked if hit.standing >= among.standing]
    beside = [hit for hit in ranked if hit.standing < among.standing]
    return Found(hits, beside, more=len(rows) >= MOST_RANKED, readings=readings)


def _with_like_words(query: Query, plain: Reading, edits: int) -> tuple[list[Reading], set[str]]:
    """Return the readings in which a word may be begun, misspelt, written apart or together.

    ``edits`` says how many typing errors a word may have. Also returns which of the words are common as they
    stand: what is wrong is more likely another.
    """
    texts = query.texts
    joined = {one + other: at for at, (one, other) in enumerate(pairwise(texts))}
    apart = {at: _halves(text) for at, text in enumerate(texts)}
    words = {*texts, *joined, *(half for halves in apart.values() for pair in halves for half in pair)}
    cuts = {text: deletions(text, min(edits, edits_looked_for(text))) for text in texts if edits_looked_for(text)}
    known = dictionary(words, [text for text in texts if len(text) > EDGES], cuts)
    frequencies = known.frequencies
    surname = query.needed[-1]
    base = [
        _widened(
            sense,
            known,
            min(edits, edits_looked_for(sense.word.text)),
            last=sense.word is surname or sense.word.dispensable,
        )
        for sense in plain
    ]
    readings = [base]
    for whole, at in joined.items():
        if whole in frequencies:
            readings.append([*base[:at], Sense(Word(whole), {whole: How.JOINED}), *base[at + 2 :]])
    for at, halves in apart.items():
        for pair in halves:
            if all(half in frequencies for half in pair if half not in RUN_TOGETHER):
                split = [Sense(Word(half, half in RUN_TOGETHER), {half: How.JOINED}) for half in pair]
                readings.append([*base[:at], *split, *base[at + 1 :]])
    return readings[:MOST_READINGS], {text for text in texts if frequencies.get(text, 0) > COMMON}


def _halves(text: str) -> list[tuple[str, str]]:
    """The ways to write a word apart: after a particle, or in two words of three letters at least."""
    if not text.isalpha():
        return []
    after = range(1, len(text) - 1)
    return [(text[:at], text[at:]) for at in after if text[:at] in RUN_TOGETHER or (at >= 3 and len(text) - at >= 3)]


def _needed(reading: Reading) -> Reading:
    """The words that the name can not do without: all of them, if each alone could be spared."""
    return [sense for sense in reading if not sense.word.dispensable] or reading


def _widened(sense: Sense, known: Known, edits: int, *, last: bool) -> Sense:
    text = sense.word.text
    allowed = min(edits, edits_looked_for(text))
    # A name may have an initial where a given name was typed, which is not the last word that counts.
    initial = len(text) > 1 and not last
    wide = Sense(sense.word, dict(sense.forms), dict(sense.rarity), begun=len(text) >= 2, initial=initial)
    wide.rare = {form for form in wide.forms if known.frequencies.get(form, RARE_ENOUGH + 1) <= RARE_ENOUGH}
    begun, alike = known.begun.get(text, []), known.alike.get(text, [])
    commonest = max((token.frequency for token in (*begun, *alike)), default=1)
    own = edits_allowed(text)
    forms: dict[str, tuple[How, int]] = {}
    for token, frequency in alike:
        most = min(allowed, max(own, edits_allowed(token)))
        # Letters left out, added or changed, or two neighbours exchanged (optimal string alignment).
        if 0 < (apart := OSA.distance(text, token, score_cutoff=most)) <= most:
            forms[token] = (How.ONE_EDIT if apart == 1 else How.TWO_EDITS, frequency)
    for token, frequency in begun:
        if token != text:
            forms[token] = (How.BEGINNING, frequency)
    likeliest = sorted(forms.items(), key=lambda form: (form[1][0], -form[1][1], form[0]))
    for token, (how, frequency) in likeliest[:MOST_FORMS]:
        wide.add(token, how, RARE * (1 - (frequency / commonest) ** 0.25), frequency)
    return wide


def _nearest(query: Query, readings: list[Reading], among: Among) -> Found:
    """Leave words out, as few as possible: those who are nearest to what was typed."""
    base = readings[0]
    # A single letter or a number alone is no likeness.
    needed = [sense for sense in _needed(base) if len(sense.word.text) > 1 and sense.word.text.isalpha()]
    for kept in sorted({len(needed) - 1, 2, 1} & set(range(1, len(needed))), reverse=True):
        found = _ranked(_fetch(query, [list(some) for some in combinations(needed, kept)], among), [base], among)
        if found.hits:
            found.nearest = True
            return found
    return Found(nearest=True, readings=[base])
