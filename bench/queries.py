"""What searchers type, by kind, with the person whom they mean: drawn from the persons of the benchmark."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.persons import SEED, Made, persons
from people.names import fold
from people.search.nicknames import other_forms

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOUNDS = [("tt", "t"), ("ll", "l"), ("ss", "s"), ("nn", "n"), ("rr", "r"), ("ph", "f"), ("ck", "k"), ("ie", "ei"),
          ("ei", "ie"), ("z", "s"), ("s", "z"), ("c", "k"), ("k", "c"), ("y", "i"), ("i", "y"), ("ou", "u"),
          ("er", "ar"), ("en", "an"), ("on", "en"), ("th", "t"), ("e", "a"), ("t", "tt"), ("r", "rr"), ("l", "ll")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, of which kind it is, and who is meant. ``fitting``: how many defendants it fits equally well."""

    kind: str
    text: str
    pk: int
    name: str
    fitting: int


def _full(made: Made, rng: random.Random) -> str:
    return made.name


def _case_folded(made: Made, rng: random.Random) -> str:
    return fold(made.name) if made.features & {"accent", "hyphen"} else ""


def _any_order(made: Made, rng: random.Random) -> str:
    words = fold(made.name).split()
    rng.shuffle(words)
    return " ".join(words)


def _comma(made: Made, rng: random.Random) -> str:
    return f"{made.surname}, {made.given}" if made.given else ""


def _begun(made: Made, rng: random.Random) -> str:
    if not made.given or len(made.surname) < 6:
        return ""
    return f"{made.given} {made.surname[: -rng.randint(1, min(3, len(made.surname) - 4))]}"


def _misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    what = rng.randrange(4)
    if what == 0:
        return word[:at] + word[at + 1 :]
    if what == 1:
        return word[:at] + rng.choice(LETTERS) + word[at:]
    if what == 2 or at + 1 == len(word):
        return word[:at] + rng.choice(LETTERS.replace(word[at], "")) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _one_error(made: Made, rng: random.Random) -> str:
    return _with_errors(made, rng, 1)


def _two_errors(made: Made, rng: random.Random) -> str:
    return _with_errors(made, rng, 2)


def _with_errors(made: Made, rng: random.Random, errors: int) -> str:
    words = [fold(made.given), fold(made.surname)]
    if not made.given or made.features & {"script", "particle", "hyphen"} or len(words[1]) < 5:
        return ""
    places = rng.choice([[1], [0, 1]]) if errors == 2 and len(words[0]) > 3 else [1]
    for n in range(errors):
        at = places[n % len(places)]
        words[at] = _misspelt(words[at], rng)
    return " ".join(words) if words != [fold(made.given), fold(made.surname)] else ""


def _sound(made: Made, rng: random.Random) -> str:
    name = fold(made.surname)
    if not made.given or len(name) < 5 or made.features & {"script", "particle", "hyphen"}:
        return ""
    possible = [(one, other) for one, other in SOUNDS if one in name[1:]]
    if not possible:
        return ""
    one, other = rng.choice(possible)
    at = name.index(one, 1)
    return f"{made.given} {name[:at]}{other}{name[at + len(one) :]}"


def _nickname(made: Made, rng: random.Random) -> str:
    forms = sorted(form for form in other_forms(fold(made.given)) if len(form) > 2) if made.given else []
    return f"{rng.choice(forms)} {made.surname}" if forms else ""


def _alias(made: Made, rng: random.Random) -> str:
    return made.others[0][1] if made.others and made.others[0][0] in ("alias", "former") else ""


def _initials(made: Made, rng: random.Random) -> str:
    return f"{made.given[0]}. {made.surname}" if made.given and "script" not in made.features else ""


def _particle(made: Made, rng: random.Random) -> str:
    if "particle" not in made.features:
        return ""
    folded = fold(made.surname)
    return f"{made.given} {rng.choice([folded.replace(' ', ''), folded.split()[-1], folded])}"


def _suffix(made: Made, rng: random.Random) -> str:
    if not made.suffix:
        return ""
    return rng.choice([f"{made.given} {made.surname}", f"{made.given} {made.surname} {made.suffix.strip('.')}"])


def _body(made: Made, rng: random.Random) -> str:
    return " ".join(made.name.replace(",", "").split()[:-1]) if made.kind == "organisation" else ""


def _script(made: Made, rng: random.Random) -> str:
    return f"{made.given} {made.surname}" if "script" in made.features else ""


KINDS: dict[str, Callable[[Made, random.Random], str]] = {
    "exact": _full,
    "any order": _any_order,
    "surname, given": _comma,
    "prefix": _begun,
    "one error": _one_error,
    "two errors": _two_errors,
    "sound-alike": _sound,
    "accents, hyphens": _case_folded,
    "nickname": _nickname,
    "alias": _alias,
    "initials": _initials,
    "particles": _particle,
    "suffixes": _suffix,
    "organisation": _body,
    "other script": _script,
}
AS_PUBLISHED = ("exact", "any order", "accents, hyphens", "organisation", "alias", "other script")


def queries(count: int, each: int, defendants: set[int]) -> list[Typed]:
    """Return ``each`` queries of every kind, in mixed order, about some of the first ``count`` persons.

    ``defendants`` are the ids of those who are published; nobody else is meant.
    """
    rng = random.Random(SEED + each)
    share = min(1.0, 4000 * len(KINDS) / count * max(1, each / 100))
    sample: list[Made] = []
    fitting = _Fitting()
    for made in persons(count):
        drawn = rng.random() < share
        if made.pk in defendants:
            fitting.add(made)
            if drawn or made.features - {"alias"}:
                sample.append(made)
    found: list[Typed] = []
    for kind, typed_for in KINDS.items():
        rng.shuffle(sample)
        found += _some(kind, typed_for, sample, rng, each, fitting)
    rng.shuffle(found)
    return found


class _Fitting:
    """How many defendants have a given name and a surname: by what was left out of a name nobody is told apart."""

    def __init__(self) -> None:
        self.given: dict[str, Counter[str]] = {}
        self.initials: Counter[tuple[str, str]] = Counter()

    def add(self, made: Made) -> None:
        if made.given:
            given, surname = fold(made.given), fold(made.surname)
            self.given.setdefault(surname, Counter())[given] += 1
            self.initials[given[:1], surname] += 1

    def count(self, kind: str, text: str, made: Made) -> int:
        """How many defendants a query of this kind fits as well as the one who is meant."""
        given, surname = fold(made.given), fold(made.surname)
        if kind in AS_PUBLISHED or not given:
            return 1
        if kind == "initials":
            return self.initials[given[:1], surname]
        here = self.given[surname]
        if kind == "nickname":
            typed = fold(text).removesuffix(surname).strip()
            return sum(here[form] for form in {typed, *other_forms(typed)})
        return here[given]


def _some(
    kind: str,
    typed_for: Callable[[Made, random.Random], str],
    sample: list[Made],
    rng: random.Random,
    each: int,
    fitting: _Fitting,
) -> Iterator[Typed]:
    drawn = 0
    for made in sample:
        if text := typed_for(made, rng):
            yield Typed(kind, text, made.pk, made.name, fitting.count(kind, text, made))
            drawn += 1
        if drawn == each:
            return
