"""The search: every way in which somebody may remember a name finds the person, first and for the right reason."""

import pytest

from people import indexing
from people.models import Person
from people.search import Among, How, fetching, find, finding, suggest
from tests.people.conftest import Make

# Who is in the record, with other names.
RECORD = [
    ("Alec Baldwin", {"full": "Alexander Rae Baldwin III"}),
    ("Hannah Gutierrez-Reed", {"former": "Hannah Reed"}),
    ("José Núñez", {}),
    ("Maria de la Cruz", {}),
    ("Omar al-Bashir", {"transliteration": "عمر البشير"}),
    ("Sean O'Neil", {}),
    ("J. R. Ewing", {}),
    ("William Henry Fletcher", {}),
    ("Martin Luther King Jr.", {}),
    ("Дмитрий Иванов", {}),
    ("王小明", {}),
    ("Rust Movie Productions LLC", {"kind": "organisation"}),
    ("Johnson & Sons, Inc.", {"kind": "organisation"}),
    ("Jean-Luc Marchand", {}),
    ("Katherine McDonald", {}),
    ("Ludwig van der Berg", {}),
    ("Robert Schmidt", {}),
    ("Alexandra Baldini", {}),
    ("Hannah Reid", {}),
    ("John Nunn", {}),
    ("William Fisher", {}),
]  # fmt: skip

FINDS = {
    "exact": [("Alec Baldwin", "Alec Baldwin"), ("Hannah Reid", "Hannah Reid")],
    "case": [("ALEC BALDWIN", "Alec Baldwin"), ("alec baldwin", "Alec Baldwin")],
    "prefix while typing": [("alec bald", "Alec Baldwin"), ("gutierrez-r", "Hannah Gutierrez-Reed"),
                            ("marcha", "Jean-Luc Marchand"), ("martin luther ki", "Martin Luther King Jr.")],
    "tokens in any order": [("Baldwin Alec", "Alec Baldwin"), ("cruz maria", "Maria de la Cruz")],
    "surname, given": [("Baldwin, Alec", "Alec Baldwin"), ("de la Cruz, Maria", "Maria de la Cruz"),
                       ("King, Martin Luther, Jr.", "Martin Luther King Jr.")],
    "one typing error": [("alec baldwn", "Alec Baldwin"), ("hannah gutierez reed", "Hannah Gutierrez-Reed"),
                         ("rboert schmidt", "Robert Schmidt"), ("mraia cruz", "Maria de la Cruz")],
    "two typing errors": [("alec bladwinn", "Alec Baldwin"), ("robert shmd", "Robert Schmidt"),
                          ("hannah gutierz reed", "Hannah Gutierrez-Reed"), ("ludwig brge", "Ludwig van der Berg"),
                          ("robbert schmit", "Robert Schmidt"),
                          ("marchnda", "Jean-Luc Marchand")],
    "sound-alikes": [("Guttierez Reed", "Hannah Gutierrez-Reed"), ("Gutierres-Reed", "Hannah Gutierrez-Reed"),
                     ("Kathryn McDonald", "Katherine McDonald"), ("Robert Schmitt", "Robert Schmidt")],
    "accents": [("jose nunez", "José Núñez"), ("José Núñez", "José Núñez"), ("Álec Báldwin", "Alec Baldwin")],
    "hyphens": [("gutierrez reed", "Hannah Gutierrez-Reed"), ("gutierrezreed", "Hannah Gutierrez-Reed"),
                ("jean luc marchand", "Jean-Luc Marchand"), ("jeanluc marchand", "Jean-Luc Marchand")],
    "nicknames": [("Alexander Baldwin", "Alec Baldwin"), ("Bill Fletcher", "William Henry Fletcher"),
                  ("Bob Schmidt", "Robert Schmidt"), ("Kate McDonald", "Katherine McDonald")],
    "alias": [("Alexander Rae Baldwin", "Alec Baldwin")],
    "former name": [("Hannah Reed", "Hannah Gutierrez-Reed")],
    "transliteration": [("Omar al-Bashir", "Omar al-Bashir"), ("عمر البشير", "Omar al-Bashir")],
    "initials": [("A. Baldwin", "Alec Baldwin"), ("JR Ewing", "J. R. Ewing"), ("J. R. Ewing", "J. R. Ewing"),
                 ("John R. Ewing", "J. R. Ewing"), ("W. H. Fletcher", "William Henry Fletcher"),
                 ("William H Fletcher", "William Henry Fletcher")],
    "particles": [("Maria Cruz", "Maria de la Cruz"), ("delacruz", "Maria de la Cruz"), ("la cruz", "Maria de la Cruz"),
                  ("al bashir", "Omar al-Bashir"), ("albashir", "Omar al-Bashir"), ("bashir", "Omar al-Bashir"),
                  ("oneil", "Sean O'Neil"), ("o neil", "Sean O'Neil"), ("O’Neil", "Sean O'Neil"),
                  ("mc donald", "Katherine McDonald"), ("vandenberg", "Ludwig van der Berg"),
                  ("van der berg", "Ludwig van der Berg")],
    "suffixes": [("Martin Luther King", "Martin Luther King Jr."), ("Alec Baldwin III", "Alec Baldwin"),
                 ("Robert Schmidt Jr.", "Robert Schmidt")],
    "organisations": [("rust movie", "Rust Movie Productions LLC"), ("The Rust Movie Productions",
                      "Rust Movie Productions LLC"), ("johnson and sons", "Johnson & Sons, Inc."),
                      ("johnson sons incorporated", "Johnson & Sons, Inc.")],
    "other scripts": [("Dmitri Ivanov", "Дмитрий Иванов"), ("Иванов Дмитрий", "Дмитрий Иванов"),
                      ("dmitrii ivanov", "Дмитрий Иванов"), ("王小明", "王小明")],
    "a word too many": [("Sean Patrick O'Neil", "Sean O'Neil"), ("Ludwig Johann van der Berg", "Ludwig van der Berg")],
}  # fmt: skip


@pytest.fixture
def record(person: Make) -> None:
    """The persons of ``RECORD``."""
    for name, more in RECORD:
        person(name, **more)


def found(typed: str, **more: object) -> list[str]:
    """The published names found, in order."""
    ids = [hit.person_id for hit in find(typed, **more).hits]
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [names[pk] for pk in ids]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("kind", FINDS)
def test_finds_whom_is_meant_first(kind: str) -> None:
    """Each way of remembering a name has the right person at the top."""
    first = {typed: next(iter(found(typed)), None) for typed, _ in FINDS[kind]}
    assert first == dict(FINDS[kind])


@pytest.mark.usefixtures("record")
def test_the_name_that_matched_and_why() -> None:
    hit = find("Alexander Rae Baldwin").hits[0]
    assert (hit.text, hit.kind, hit.how, hit.is_exact) == ("Alexander Rae Baldwin III", "full", How.EXACT, True)
    hit = find("Bob Schmitt").hits[0]
    assert (hit.text, hit.kind, hit.how, hit.is_exact) == ("Robert Schmidt", "", How.ONE_EDIT, False)


def test_exact_comes_before_like(person: Make) -> None:
    for name in ("Jon Smythe", "John Smith", "John Edward Smith", "Jon Smith", "Johnny Smith"):
        person(name)
    assert found("John Smith") == ["John Smith", "John Edward Smith", "Johnny Smith", "Jon Smith"]


def test_who_has_a_case_comes_before_a_namesake_who_has_none(person: Make) -> None:
    person("John Smith", slug="a", standing=0)
    person("John Smith", slug="b", standing=1)
    accused = person("John Smith", slug="c", standing=2)
    hits = find("john smith").hits
    assert (hits[0].person_id, [hit.standing for hit in hits]) == (accused.pk, [2, 1, 0])


def test_ties_are_always_the_same(person: Make) -> None:
    made = [person("John Smith", slug=f"john-{n}").pk for n in range(15)]
    assert [hit.person_id for hit in find("smith john").hits] == made
    Person.objects.filter(pk__in=made[:5]).update(name="John Smith")  # the rows move on the disk
    assert [hit.person_id for hit in find("smith john").hits] == made


def test_only_those_of_a_standing_are_found_and_suggested(person: Make) -> None:
    person("Ann Hidden", standing=0)
    person("Ann Drake", standing=2)
    public = Among(standing=1)
    assert found("ann hidden", among=public) == ["Ann Drake"]
    assert [hit.text for hit in suggest("ann dra", among=public)] == ["Ann Drake"]
    assert find("hidden", among=public).hits == []


@pytest.mark.usefixtures("record")
def test_nobody_has_the_name_so_the_nearest_are_told() -> None:
    result = find("Alec Vanderbilt")
    assert (result.nearest, [hit.text for hit in result.hits]) == (True, ["Alec Baldwin", "Omar al-Bashir"])
    assert (find("Xyzzy Qwrtp").nearest, find("Xyzzy Qwrtp").hits) == (True, [])


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("al", ["Alec Baldwin", "Omar al-Bashir", "Alexandra Baldini"]),
        ("bald", ["Alexandra Baldini", "Alec Baldwin"]),
        ("hannah r", ["Hannah Reed", "Hannah Reid"]),
        ("reed, h", ["Hannah Reed"]),
        ("nuñ", ["John Nunn", "José Núñez"]),
        ("", []),
    ],
)
def test_suggestions_while_typing(typed: str, expected: list[str]) -> None:
    assert sorted(hit.text for hit in suggest(typed)) == sorted(expected)


def test_who_has_a_lower_standing_is_told_beside_and_never_ends_the_search(person: Make) -> None:
    """Others of that very name do not stand in the way of a defendant whose name is spelt differently."""
    judges = [person("Ann Drake", slug=f"ann-drake-{n}", standing=1).pk for n in range(12)]
    person("Ann Drake", slug="nothing-published", standing=0)
    accused = person("Ann Drayke", standing=2)
    defendants = Among(standing=2, beside=1)
    result = find("ann drake", among=defendants)
    assert [hit.person_id for hit in result.hits] == [accused.pk]
    assert [hit.person_id for hit in result.beside] == judges


def test_a_name_misspelt_twice_is_found_beside_one_that_is_nearer(person: Make) -> None:
    """A few names that are one error away do not end the search."""
    for name in ("Cari Bronwigg", "Carol Browning"):
        person(name)
    assert found("carol bronwigg") == ["Cari Bronwigg", "Carol Browning"]


def test_a_short_word_may_lack_two_letters_of_a_longer_one_and_is_no_other_short_one(person: Make) -> None:
    for name in ("Donald Kilman", "Donald Hill"):
        person(name)
    assert [(hit.text, hit.how) for hit in find("donald kila").hits] == [("Donald Kilman", How.TWO_EDITS)]


def test_suggestions_are_for_one_typing_error_at_most(person: Make) -> None:
    person("Robert Schmidt")
    assert [hit.text for hit in suggest("robert shmidt")] == ["Robert Schmidt"]
    assert (suggest("robert shmitd"), [hit.text for hit in find("robert shmitd").hits]) == ([], ["Robert Schmidt"])


def test_who_has_one_word_and_only_the_first_letter_of_the_other_is_not_a_hit(person: Make) -> None:
    """Where a word is rare, names are looked for by it and a letter; who was not meant is left out again."""
    for name in ("Jane Roe", "Justice Roe", "Janet Row"):
        person(name)
    assert found("jnae roe") == ["Jane Roe"]
    assert [hit.text for hit in suggest("jnae roe")] == ["Jane Roe"]


def test_who_bears_just_a_letter_is_found_among_more_than_are_looked_at(
    person: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_LOOKED_AT", 3)
    for n in range(6):
        person("John Smith", slug=f"john-{n}")
    person("J. Smith")
    assert found("j smith")[0] == "J. Smith"


def test_a_common_word_is_taken_to_be_spelt_as_it_was_meant(person: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary and the search agree on which words these are; where nobody is found, any may be misspelt."""
    monkeypatch.setattr(finding, "COMMON", 1)
    for name in ("Morgan Bell", "Morgan Ames", "Morgen Stanner", "Morgan Stanmere", "Margen Quist"):
        person(name)
    assert found("morgan stannerr") == ["Morgan Stanmere", "Morgen Stanner"]
    indexing.count_words()
    assert found("morgan stannerr") == ["Morgan Stanmere"]
    assert found("morgan quist") == ["Margen Quist"]


def test_a_split_into_particles_alone_finds_nobody(person: Make) -> None:
    for name in ("Kevin Laterza", "Kevin Ames", "Kevin Bell"):
        person(name)
    assert found("kevin later") == ["Kevin Laterza"]


def test_of_a_common_surname_those_are_listed_who_come_first_by_given_name(
    person: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten thousand only two hundred are put in order: not whichever they are, but the first in the alphabet."""
    for module in (finding, fetching):
        monkeypatch.setattr(module, "MOST_RANKED", 3)
    monkeypatch.setattr(finding, "ENOUGH", 3)
    for name in ("Zoe Smith", "Mary Smith", "Bob Smith", "Smith Ames", "Ann Smith", "Smithy Ash", "Cal Smith"):
        person(name)
    assert found("smith") == ["Ann Smith", "Bob Smith", "Cal Smith"]
    assert find("smith").more


def test_a_filter_looks_among_everybody_of_a_common_surname(person: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (finding, fetching):
        monkeypatch.setattr(module, "MOST_RANKED", 2)
    monkeypatch.setattr(fetching, "NARROWED_BY", 1)
    made = {name: person(f"{name} Smith").pk for name in ("Ann", "Bob", "Cal", "Mary", "Zoe")}
    among = Among(
        0, "SELECT unnest(%s::bigint[]) INTERSECT SELECT person_id FROM found", ([made["Zoe"], made["Mary"]],)
    )
    assert [hit.text for hit in find("smith", among=among).hits] == ["Mary Smith", "Zoe Smith"]
