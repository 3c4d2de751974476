"""What follows from the columns of a table: what happened later, names of matters, courts by number; and its keys."""

import tomllib
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.history import history_of, stamp_of
from cases.models import Case, Event
from imports.models import CHANGES_KEYS, ON_ITS_PAGE, Batch, Mapping, Proposal, SourceKey
from imports.tables.forms import field_of, meaning_of
from imports.tables.further import (
    EACH_LINE,
    NO_NUMBER,
    SAY_BOTH,
    SAY_LATER,
    TOO_MANY_LATER,
    TWICE_BEGUN,
    later_of,
    name_of_matter,
)
from imports.tables.screens import IF_MEANT, IN_THIS_FILE
from tests.imports.test_tables import brought, errors, told, upload

pytestmark = pytest.mark.usefixtures("folder")
ROWS = (
    "Docket,Accused,Also called,What for,Result,Probe,Pardoned\n"
    "1:21-cr-00001,Ann Otter,A. Otter,Theft of a kite,Guilty,kite,yes\n"
    "2:21-cr-00002,Bo Teal,B. Teal,Arson,Guilty,fire,no\n"
    ",Cy Wren,C. Wren,Fraud,,fire,no\n"
)
YES = {
    later_of("kind", "Pardoned", "yes"): "clemency_or_relief/pardon",
    later_of("convicted", "Pardoned", "yes"): "nothing",
    later_of("pending", "Pardoned", "yes"): "never",
}
ANSWERS = {
    "title": "Probes", "kind": "criminal", "outcome_of": "charge",
    "courts": "1: = txsd\n1:21-cr=dcd\n\n2: = Court of Appeal",
    field_of("Docket"): "number", field_of("Accused"): "person", field_of("What for"): "charge",
    field_of("Result"): "outcome", field_of("Probe"): "matter", field_of("Pardoned"): "later",
    meaning_of("Guilty"): "convicted_jury", name_of_matter("kite"): "The kite probe", **YES,
}  # fmt: skip


def said(desk: Client, page: str, **changes: Any) -> list[str]:
    return errors(desk, page, **{**ANSWERS, "preview": "1", **changes})


def kept(desk: Client, words: str = ROWS) -> Mapping:
    """A mapping said at the desk, with its first file accepted."""
    desk.post(brought(desk, words), {**ANSWERS, "save": "1"})
    page = reverse("admin:imports_batch_change", args=[Batch.objects.get().pk])
    desk.post(page, {"accept_all": "1"})
    return Mapping.objects.get()


def test_what_happened_later_what_matters_are_called_and_which_court_it_is(desk: Client) -> None:
    preview = told(desk.post(brought(desk, ROWS), {**ANSWERS, "preview": "1"}))
    for part in ("“yes”", "What matters are called", "The kite probe", "District Court DCD", "Court of Appeal"):
        assert part in preview
    row = kept(desk)
    data = tomllib.loads(row.text)
    assert data["later"] == [
        {"column": "Pardoned", "is": "yes", "category": "clemency_or_relief", "kind": "pardon", "title": "Pardon",
         "convicted": ""},
    ]  # fmt: skip
    assert data["case"]["matters"] == {"kite": "The kite probe"}
    assert data["case"]["courts"] == {"1:": "txsd", "1:21-cr": "dcd", "2:": "Court of Appeal"}
    # The longest beginning decides; a court that the record does not know is asked about; a blank number joins nothing.
    assert list(Case.objects.values_list("docket_number", "court__slug")) == [("1:21-cr-00001", "dcd")]
    assert Case.objects.get().matter.title == "The kite probe"
    assert list(Event.objects.filter(kind="pardon").values_list("title", flat=True)) == ["Pardon"]
    waits = Proposal.objects.filter(kind="case", decision="open").order_by("position")
    assert [(one.new["court_name"], one.new["matter"]) for one in waits] == [("Court of Appeal", "fire"), ("", "fire")]
    # What was said stands on the page, and saying it again changes nothing.
    page = reverse("admin:imports_mapping_change", args=[row.pk])
    form = desk.get(page).context["form"]
    assert form["courts"].value() == "1: = txsd\n1:21-cr = dcd\n2: = Court of Appeal"
    again = {field.html_name: field.value() or "" for field in form}
    assert {name: again[name] for name in YES} == YES
    assert desk.post(page, {**again, "save": "1"}).status_code == 302
    assert Mapping.objects.get().text == row.text


@pytest.mark.slow
def test_what_is_half_said_of_it_is_named_beside_its_question(desk: Client) -> None:
    page = brought(desk, ROWS + "".join(f",P{n},,Fraud,,{n},{n}\n" for n in range(20)))
    assert said(desk, page) == [TOO_MANY_LATER.format("Pardoned")]
    page = brought(desk, ROWS)
    for changes, sentence in (
        ({later_of("kind", "Pardoned", "yes"): ""}, SAY_LATER.format("Pardoned")),
        ({later_of("pending", "Pardoned", "yes"): ""}, SAY_BOTH),
        ({"courts": "1:21-cr\n2: = x"}, EACH_LINE.format("1:21-cr")),
        ({"courts": "1: = dcd\n1:=txsd"}, TWICE_BEGUN.format("1:")),
        ({field_of("Docket"): ""}, NO_NUMBER),
        ({"courts": "\0"}, "Null characters are not allowed."),
    ):
        assert said(desk, page, **changes) == [sentence]
    assert said(desk, page) == []


def test_a_preview_takes_no_number_from_a_batch_that_stays(desk: Client) -> None:
    def last() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last_value FROM imports_batch_id_seq UNION ALL SELECT last_value FROM imports_origin_id_seq"
            )
            return [row[0] for row in cursor.fetchall()]

    page, before = brought(desk, ROWS), last()
    for _ in range(2):
        assert "3 cases." in told(desk.post(page, {**ANSWERS, "preview": "1"}))
    assert (last(), Batch.objects.count()) == (before, 0)


@pytest.mark.slow
def test_what_makes_a_row_the_same_row_is_not_changed_unasked(desk: Client, sam: User) -> None:
    row = kept(desk)
    text, was = row.text, SourceKey.objects.count()
    page = reverse("admin:imports_mapping_change", args=[row.pk])
    other = {**ANSWERS, "save": "1", field_of("Accused"): "", field_of("Also called"): "person"}
    warning = CHANGES_KEYS.format("the name of the accused", "1 case")
    refused = desk.post(page, other)
    assert refused.context["form"].non_field_errors() == [f"{warning} {IF_MEANT}"]
    assert (Mapping.objects.get().text, 'name="rekeyed"' in told(refused)) == (text, True)
    # With a file at hand: how many it would know. Both dockets have court and number, or a name that is not kept.
    try_it = str(desk.post(page, {"bring": "1", "file": upload(ROWS)}).headers["Location"])
    looked = {name: value for name, value in other.items() if name != "save"} | {"preview": "1"}
    assert warning in told(desk.post(try_it, looked))
    numbered = {**ANSWERS, "save": "1", field_of("Docket"): "", "courts": "", "court": "District of Columbia"}
    told_of = desk.post(try_it, numbered).context["form"].non_field_errors()
    assert told_of[1] == IN_THIS_FILE.format(3, 1, 0)
    # As TOML, and on the way back to an earlier state, too.
    toml = text.replace("{Accused}", "{Also called}")
    as_text = reverse("admin:imports_mapping_text", args=[row.pk])
    assert desk.post(as_text, {"text": toml}).context["form"].non_field_errors() == [f"{warning} {IF_MEANT}"]
    assert desk.post(as_text, {"text": toml, "rekeyed": "1"}).status_code == 302
    assert (Mapping.objects.get().text, SourceKey.objects.count()) == (toml, was)
    first = history_of(Mapping).objects.filter(id=row.pk).earliest("pgh_id")
    back = reverse("admin:history_restore", args=["imports.mapping", first.pgh_id])
    assert ON_ITS_PAGE in told(desk.post(back, {"stamp": stamp_of(Mapping.objects.get())}))
    assert Mapping.objects.get().text == toml
    # What makes no row another is kept unasked.
    same = toml.replace('title = "Probes"', 'title = "Probes of the day"')
    assert desk.post(as_text, {"text": same}).status_code == 302
    # Who removed it and says it anew under its name is asked, too.
    desk.post(reverse("admin:imports_mapping_delete", args=[row.pk]), {"post": "yes"})
    load = reverse("admin:imports_mapping_load")
    assert warning in told(desk.post(load, {"text": text}))
    assert desk.post(load, {"text": same}).status_code == 302
