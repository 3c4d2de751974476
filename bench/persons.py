"""A million persons who never lived: names with the frequencies of the census, the same at every run."""

import csv
import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from people.names import fold
from people.search.nicknames import other_forms

DATA = Path(__file__).parent / "data"
SEED = 20240712
PARTICLES = ["de la", "de los", "del", "de", "van der", "van den", "van", "von", "al-", "O'", "El ", "bin"]
SUFFIXES = ["Jr.", "Jr.", "Jr.", "Sr.", "II", "III", "III", "IV"]
TRADES = ["Holdings LLC", "Logistics, Inc.", "& Sons, Inc.", "Construction Company", "Pharmacy LLC", "Capital Partners LP",
          "Realty Corp.", "Medical Group", "Trucking, Inc.", "Foods Corporation", "Film Productions LLC"]  # fmt: skip
ACCENTED = {"garcia": "García", "rodriguez": "Rodríguez", "martinez": "Martínez", "hernandez": "Hernández",
            "lopez": "López", "gonzalez": "González", "perez": "Pérez", "sanchez": "Sánchez", "ramirez": "Ramírez",
            "nunez": "Núñez", "gutierrez": "Gutiérrez", "munoz": "Muñoz", "pena": "Peña", "diaz": "Díaz",
            "muller": "Müller", "ibanez": "Ibáñez", "jimenez": "Jiménez", "vasquez": "Vásquez", "chavez": "Chávez",
            "jose": "José", "maria": "María", "andre": "André", "rene": "René", "cesar": "César", "angel": "Ángel",
            "jesus": "Jesús", "sofia": "Sofía", "monica": "Mónica", "oscar": "Óscar", "raul": "Raúl"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One person: the parts of the published name, and other names by kind. ``sort`` is the key of the surname."""

    pk: int
    name: str
    sort: str
    kind: str
    given: str
    surname: str
    suffix: str
    features: frozenset[str]
    others: tuple[tuple[str, str], ...]


class _Weighted:
    """A list to draw from, by weight."""

    def __init__(self, rows: list[tuple[str, float]]) -> None:
        self.names = [name for name, _ in rows]
        self.cumulated = list(accumulate(weight for _, weight in rows))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.names, cum_weights=self.cumulated)[0]


def _rows(name: str) -> Iterator[list[str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        yield from csv.reader(file)


@cache
def surnames() -> _Weighted:
    """Surnames; the rarest share what the census leaves to them."""
    return _Weighted([(_capitals(name), float(share) or 0.4) for name, share in _rows("surnames.csv.gz")])


@cache
def given(sex: str) -> _Weighted:
    """Given names of one sex."""
    return _Weighted([(name, float(count)) for name, of, count in _rows("given.csv.gz") if of == sex])


@cache
def localized() -> dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """For each country given names and surnames, each in its own script and in Latin letters."""
    found: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}
    for country, what, own, latin in _rows("localized.csv.gz"):
        found.setdefault(country, ([], []))[what == "S"].append((own, latin))
    return {country: both for country, both in found.items() if len(both[0]) > 4 and len(both[1]) > 4}


def _capitals(name: str) -> str:
    return "Mc" + name[2:].capitalize() if name.startswith("mc") and len(name) > 4 else name.capitalize()


def persons(count: int) -> Iterator[Made]:
    """Yield the first ``count`` persons. The first hundred thousand of a million are those of a hundred thousand."""
    rng = random.Random(SEED)
    for pk in range(1, count + 1):
        draw = rng.random()
        if draw < 0.02:
            yield _body(pk, rng)
        elif draw < 0.03:
            yield _foreign(pk, rng)
        else:
            yield _natural(pk, rng)


def _body(pk: int, rng: random.Random) -> Made:
    first = surnames().draw(rng)
    if rng.random() < 0.4:
        first = f"{first} {surnames().draw(rng)}"
    name = f"{first} {rng.choice(TRADES)}"
    others = (("alias", f"{first} Group"),) if rng.random() < 0.1 else ()
    return Made(pk, name, fold(name), "organisation", "", first, "", frozenset({"organisation"}), others)


def _foreign(pk: int, rng: random.Random) -> Made:
    country = rng.choice(sorted(localized()))
    givens, families = localized()[country]
    (one, one_latin), (two, two_latin) = rng.choice(givens), rng.choice(families)
    latin = f"{one_latin} {two_latin}"
    # How a Chinese sign is read, its shape does not tell; letters can be transliterated without being told.
    needed = country in {"CN", "TW", "HK", "JP", "KR", "KH"} or rng.random() < 0.5
    others = (("transliteration", latin),) if needed else ()
    return Made(
        pk, f"{one} {two}", fold(f"{two} {one}"), "person", one_latin, two_latin, "", frozenset({"script"}), others
    )


def _natural(pk: int, rng: random.Random) -> Made:
    sex = rng.choice("MF")
    first, surname = given(sex).draw(rng), surnames().draw(rng)
    features, middle, suffix = set(), "", ""
    draw = rng.random()
    if draw < 0.03:
        surname, features = f"{surname}-{surnames().draw(rng)}", {"hyphen"}
    elif draw < 0.05:
        particle = rng.choice(PARTICLES)
        surname = f"{particle}{surname}" if particle.endswith(("-", "'", " ")) else f"{particle} {surname}"
        features = {"particle"}
    if rng.random() < 0.5 and (surname.lower() in ACCENTED or first.lower() in ACCENTED):
        surname, first = ACCENTED.get(surname.lower(), surname), ACCENTED.get(first.lower(), first)
        features.add("accent")
    draw = rng.random()
    if draw < 0.25:
        middle = f"{given(sex).draw(rng)[0]}."
    elif draw < 0.4:
        middle = given(sex).draw(rng)
    if sex == "M" and rng.random() < 0.04:
        suffix = rng.choice(SUFFIXES)
        features.add("suffix")
    name = " ".join(filter(None, (first, middle, surname, suffix)))
    sort = " ".join(filter(None, map(fold, (surname, first, middle, suffix))))
    others = _other_names(first, surname, rng) if rng.random() < 0.1 else ()
    if others:
        features.add("alias")
    return Made(pk, name, sort, "person", first, surname, suffix, frozenset(features), others)


def _other_names(first: str, surname: str, rng: random.Random) -> tuple[tuple[str, str], ...]:
    draw = rng.random()
    if draw < 0.4:
        return (("former", f"{first} {surnames().draw(rng)}"),)
    if draw < 0.7:
        return (("alias", f"{given(rng.choice('MF')).draw(rng)} {surname}"),)
    short = sorted(form for form in other_forms(fold(first)) if len(form) > 2)
    return (("alias", f"{rng.choice(short).capitalize() if short else first[:1] + '.'} {surname}"),)
