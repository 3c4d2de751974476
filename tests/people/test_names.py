"""Folding: no letter and no apostrophe divides a word, whatever sign it is written with; older rows are folded anew."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from people import indexing
from people.models import Name, Person
from people.names import fold, fold_prose
from people.search import find
from tests.people.conftest import Make

APOSTROPHES = "'`´’‘‛′‵″ʼʻʽʾʿʹʺˈˊˋˮ＇՚׳״Ꞌꞌ΄᾽᾿῾"


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_an_apostrophe_of_any_kind_does_not_divide_a_word(sign: str) -> None:
    assert (fold(f"Ka{sign}ahumanu O{sign}Neil"), fold(f"{sign}Abd al-{sign}Alī")) == ("kaahumanu oneil", "abd al ali")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Сергей Васильев", "sergei vasilev"),  # soft sign
        ("Подъячев", "podyachev"),  # hard sign
        ("Мар’яна Лук'яненко", "maryana lukyanenko"),  # the Ukrainian apostrophe
        ("კოტე მარჯანიშვილი", "kote marjanishvili"),  # Georgian ejectives
        ("Խաչատրյան", "khachatryan"),  # Armenian aspirates
        ("ጴጥሮስ", "petros"),  # Ethiopic ejectives
        ("أحمد العلي", "hmd lly"),  # Arabic hamza and ayn
        ("プーチン", "fuchin"),  # Japanese marks of sound
        ("Il·la Col·lell", "illa collell"),  # the double l of Catalan
        ("约翰·史密斯", "yuehan shimisi"),  # a dot that divides names
        ("Núñez de la O-Brien, J.R.", "nunez de la o brien jr"),
        ("a\u0000b\tc“d”e", "a b c d e"),
    ],
)
def test_a_letter_is_told_by_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert {fold_prose(f"Vasil’ev{sign}s trial") for sign in "'’‘′ʼ"} == {"vasilev trial"}


def test_a_soft_sign_is_found_however_it_is_written(person: Make) -> None:
    for number in range(12):
        person(f"Sergei Vasil{number % 3 * 'l'}yan", slug=f"other-{number}")
    meant = {
        person("Сергей Васильев").pk,
        person("Sergei Vasilʹev", slug="prime").pk,
        person("Sergei Vasil’ev", slug="quote").pk,
    }
    for typed in ("Sergei Vasilyev", "Vasil'ev", "vasilev, sergei", "Sergei Vasil`ev", "Васильев", "Sergei Vasilʹev"):
        assert meant <= {hit.person_id for hit in find(typed).hits[:10]}, typed


def test_rows_folded_before_are_told_and_folded_anew(person: Make) -> None:
    """As an installation that is older has them: check_record finds them, and the migration mends them."""
    ann = person("Анна Васильева", alias="Ka‘ahumanu")
    Person.objects.filter(pk=ann.pk).update(folded="anna vasil eva", sort_name="eva anna vasil")
    Name.objects.update(folded="ka ahumanu")
    assert find("vasileva").hits[0].how > 0  # a word in two: among many such, nobody finds it
    with pytest.raises(CommandError, match="3 differences"):
        call_command("check_record", stdout=io.StringIO())
    fold_anew = import_module("people.migrations.0012_fold_signs").fold_anew
    with connection.schema_editor() as editor:
        fold_anew(apps, editor)
    assert [(hit.person_id, hit.how) for typed in ("vasileva", "kaahumanu") for hit in find(typed).hits] == [
        (ann.pk, 0)
    ] * 2
    assert list(indexing.check()) == []
    call_command("check_record", stdout=io.StringIO())
