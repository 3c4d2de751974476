"""The name index follows every change of a name in its own transaction; what passed it by is found and mended."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from people import indexing
from people.models import IndexedName, Name, NameToken, Person
from people.search import find
from tests.people.conftest import Make


def indexed() -> set[tuple[str, str]]:
    """The names that can be found, and of which kind each is; the index agrees with the record."""
    assert list(indexing.check()) == []
    return set(IndexedName.objects.values_list("text", "kind"))


def test_it_follows_a_person(person: Make) -> None:
    ann = person("Ann Ames", alias="Annie Ames")
    assert indexed() == {("Ann Ames", ""), ("Annie Ames", "alias")}
    ann.name = "Ann Bell"
    ann.save()
    assert indexed() == {("Ann Bell", ""), ("Annie Ames", "alias")}
    ann.visibility = "name_withheld"
    ann.save()
    assert indexed() == set()
    ann.visibility = "noindex"
    ann.save()
    assert indexed() == {("Ann Bell", ""), ("Annie Ames", "alias")}
    ann.delete()
    assert indexed() == set()


def test_it_follows_other_names(person: Make) -> None:
    ann, bob = person("Ann Ames"), person("Bob Bell")
    alias = Name.objects.create(person=ann, text="Nan", kind="alias")
    assert [hit.person_id for hit in find("nan").hits] == [ann.pk]
    alias.text, alias.person = "Nana", bob
    alias.save()
    assert [hit.person_id for hit in find("nana").hits] == [bob.pk]
    assert indexed() == {("Ann Ames", ""), ("Bob Bell", ""), ("Nana", "alias")}
    bob.names.all().delete()
    assert indexed() == {("Ann Ames", ""), ("Bob Bell", "")}


def test_it_follows_what_is_written_past_the_models(person: Make) -> None:
    ann = person("Ann Ames")
    Person.objects.filter(pk=ann.pk).update(name="Ann Coe", folded="ann coe", sort_name="coe ann")
    Name.objects.bulk_create([Name(person=ann, text="Nan", kind="alias", folded="nan")])
    assert indexed() == {("Ann Coe", ""), ("Nan", "alias")}
    Person.objects.update(visibility="sealed")
    assert indexed() == set()


def test_what_is_undone_leaves_no_trace(person: Make) -> None:
    person("Ann Ames")
    with transaction.atomic():
        person("Bob Bell")
        transaction.set_rollback(True)
    assert indexed() == {("Ann Ames", "")}


def test_a_difference_is_told_and_mended(person: Make) -> None:
    ann, bob, cal = person("Ann Ames"), person("Bob Bell"), person("Cal Coe")
    IndexedName.objects.filter(person=ann).delete()
    IndexedName.objects.filter(person=bob).update(folded="bob ball")
    IndexedName.objects.create(
        person_id=cal.pk + 100, text="Gone", kind="", folded="gone", sorted="gone", standing=0, keys=[]
    )
    NameToken.objects.filter(token="coe").delete()
    told = {(one.text, one.what) for one in indexing.check()}
    word = "a word of it is missing from the dictionary"
    assert told == {("Ann Ames", "is missing"), ("Bob Bell", "differs"), ("Bob Bell", word), ("Cal Coe", word),
                    ("Gone", "should not be there"), ("Gone", word)}  # fmt: skip
    assert {(one.text, one.what) for one in indexing.repair()} == told
    assert indexed() == {("Ann Ames", ""), ("Bob Bell", ""), ("Cal Coe", "")}


def test_mending_counts_words_and_forgets_those_of_nobody(person: Make) -> None:
    person("Ann Ames", slug="one")
    person("Ann Bell").delete()
    person("Ann Ames", slug="two")
    assert set(NameToken.objects.values_list("token", "frequency")) == {("ann", 1), ("ames", 1), ("bell", 1)}
    assert indexing.repair() == []
    assert set(NameToken.objects.values_list("token", "frequency")) == {("ann", 2), ("ames", 2)}


def without_index(names: int, person: Make) -> list[int]:
    made = [person(f"Ann Number{n}", slug=f"ann-{n}").pk for n in range(names)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_indexedname")
        cursor.execute("DELETE FROM people_nametoken")
    return made


def test_rebuilding_from_nothing(person: Make) -> None:
    without_index(7, person)
    told, progress = io.StringIO(), io.StringIO()
    call_command("rebuild_name_index", batch=3, stdout=told, stderr=progress)
    assert told.getvalue() == "7 persons compared, 7 rows of the index written.\n"
    assert progress.getvalue().endswith("100% 7 of 7   \n")
    assert len(indexed()) == 7


def test_an_interrupted_rebuild_goes_on_where_it_was(person: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = without_index(7, person)
    mend = indexing.mend

    def until_ctrl_c(first: int, last: int) -> int:
        if first > made[2]:
            raise KeyboardInterrupt
        return mend(first, last)

    monkeypatch.setattr(indexing, "mend", until_ctrl_c)
    with pytest.raises(CommandError) as interrupted:
        call_command("rebuild_name_index", batch=3)
    assert str(interrupted.value).endswith(f"Go on with: rebuild_name_index --after {made[2]}")
    assert set(IndexedName.objects.values_list("person_id", flat=True)) == set(made[:3])
    monkeypatch.undo()
    told = io.StringIO()
    call_command("rebuild_name_index", after=made[2], batch=3, stdout=told)
    assert told.getvalue() == "4 persons compared, 4 rows of the index written.\n"
    assert len(indexed()) == 7


def test_check_record_tells_and_mends_the_index(person: Make) -> None:
    ann = person("Ann Ames")
    IndexedName.objects.filter(person=ann).delete()
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_record", stdout=told)
    assert told.getvalue() == f"differs: name index, person {ann.pk} “Ann Ames”: is missing\n"
    call_command("check_record", repair=True, stdout=io.StringIO())
    call_command("check_record", stdout=told)
    assert told.getvalue().endswith("Everything stored is as derived.\n")
    assert indexed() == {("Ann Ames", "")}
