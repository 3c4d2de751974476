"""A table of unknown shape: its columns are told apart at the desk, kept for the source, and used again."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases import uploads
from cases.history import history_of, stamp_of
from cases.models import Case, Outcome
from desk.roles import CONTRIBUTORS, make_group
from desk.tables.screens import UPLOADS
from imports import keeping
from imports.models import Batch, Mapping, Origin, Proposal
from imports.tables.forms import field_of, meaning_of
from imports.tables.screens import CHANGED
from tests.config.conftest import eventually
from tests.imports.test_command import COUNTY

pytestmark = pytest.mark.usefixtures("folder")
ADD = "/desk/imports/mapping/add/"
ROWS = (
    "Docket no,Accused,What for,Filed,How it ended,Home phone,Shoe size\n"
    "1:21-cr-00001,Ann Otter,Theft of a kite,3/4/2021,Found guilty by jury,555-0100,9\n"
    "1:21-cr-00002,Bo Teal,Arson,4/4/2021,See the judge,555-0101,10\n"
)
ANSWERS = {
    "title": "County list", "kind": "criminal", "court": "District of Columbia", "slashes": "uk",
    "outcome_of": "charge", field_of("Docket no"): "number", field_of("Accused"): "person",
    field_of("What for"): "charge", field_of("Filed"): "brought", field_of("How it ended"): "outcome",
    field_of("Home phone"): "never", meaning_of("Found guilty by jury"): "convicted_jury",
}  # fmt: skip


def upload(words: str = ROWS, name: str = "county_list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def brought(desk: Client, words: str = ROWS) -> str:
    """Bring a table as an editor would, and return the page to which that leads."""
    sent = desk.post(reverse("admin:imports_batch_add"), {"file": upload(words)})
    assert sent.status_code == 302
    return str(sent.headers["Location"])


def told(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def errors(desk: Client, page: str, **changes: Any) -> list[str]:
    """Return what is said of answers that can not be."""
    form = desk.post(page, {**ANSWERS, "preview": "1", **changes}).context["form"]
    return [sentence for sentences in form.errors.values() for sentence in sentences]


def test_the_columns_are_told_apart_previewed_kept_and_known_again(desk: Client, folder: Path) -> None:
    page = brought(desk)
    shown = told(desk.get(page))
    assert page.startswith(f"{ADD}?file=")
    for part in ("“county_list.csv” has 2 rows", "Ann Otter", "Theft of a kite", "3/4/2021", "County list"):
        assert part in shown
    assert "555-0100" not in shown  # a column that is never kept shows nothing

    preview = told(desk.post(page, {**ANSWERS, "preview": "1"}))
    assert "2 cases." in preview
    assert "3 April 2021: Charged" in preview
    assert "“See the judge”. The mapping does not say what this means." in preview
    counted = [model.objects.count() for model in (Batch, Proposal, Origin, Mapping, Case)]
    assert counted == [0, 0, 0, 0, 0]

    desk.post(page, {**ANSWERS, "save": "1"})
    batch, kept = Batch.objects.get(), Mapping.objects.get()
    assert (kept.name, kept.title, batch.origin.slug, batch.origin.name) == (
        "county-list", "County list", "county-list", "County list",
    )  # fmt: skip
    assert (batch.file_name, list((folder / f"docketline-imports-{os.getuid()}").iterdir())) == ("county_list.csv", [])
    desk.post(reverse("admin:imports_batch_change", args=[batch.pk]), {"accept_all": "1"})
    assert Outcome.objects.get(disposition__slug="convicted_jury").charge.title == "Theft of a kite"

    newer = ROWS + "1:21-cr-00003,Cy Wren,Fraud,5/4/2021,,,\n"
    assert brought(desk, newer) == reverse("admin:imports_batch_change", args=[Batch.objects.latest("pk").pk])
    assert Batch.objects.latest("pk").origin == batch.origin
    assert Batch.objects.latest("pk").proposals.get(kind="case").label.endswith("(1:21-cr-00003)")


@pytest.mark.slow
def test_an_answer_that_can_not_be_is_named_beside_its_column(desk: Client) -> None:
    page = brought(desk)
    for changes, sentence in (
        ({field_of("Accused"): ""}, "Say which column names the accused."),
        ({field_of("Shoe size"): "number"},
         "“Docket no” and “Shoe size” are both said to be the docket number. Choose one of them."),
        ({field_of("What for"): ""}, "Say which column names the charge, or what to call it."),
        ({"slashes": ""}, "Days such as “3/4/2021” can be read two ways. Say below which part stands first."),
        ({field_of("Filed"): "", field_of("Shoe size"): "brought"},
         ("No day can be read in “Shoe size”, such as “9”. Write days as 2020-12-31 or 12/31/2020, or say that it is "
         "something else.")),
        ({field_of("Shoe size"): "nonsense"},
         "Select a valid choice. nonsense is not one of the available choices."),
        ({meaning_of("Found guilty by jury"): "", meaning_of("See the judge"): ""},
         "Say below what the words in “How it ended” mean: at least one."),
        ({"title": "casetrack", "save": "1"}, ("A mapping that comes with the program is called “casetrack”. Choose "
         "another name.")),
        ({"title": "PACER"}, "The mapping can not be used: name can not be “pacer”: another kind of file has it."),
        ({"title": "x\0y"}, "Null characters are not allowed."),
    ):  # fmt: skip
        assert errors(desk, page, **changes) == [sentence]
    assert errors(desk, page) == []


def test_what_words_say_by_themselves_is_offered_and_nothing_else(desk: Client) -> None:
    page = brought(desk)
    unasked = {name: value for name, value in ANSWERS.items() if not name.startswith("means-")}
    sent = desk.post(page, {**unasked, "preview": "1"})
    assert {field.label: field.value() for field in sent.context["form"].meaning_rows()} == {
        "“Found guilty by jury”": "convicted_jury", "“See the judge”": "",
    }  # fmt: skip


def test_what_is_kept_can_be_changed_taken_out_brought_in_and_looked_back_on(desk: Client, ida: User) -> None:
    desk.post(brought(desk), {**ANSWERS, "save": "1"})
    kept = Mapping.objects.get()
    page = reverse("admin:imports_mapping_change", args=[kept.pk])
    desk.post(page, {**ANSWERS, "save": "1", field_of("Shoe size"): "mark"})
    kept.refresh_from_db()
    assert 'marks = { shoe_size = "Shoe size" }' in kept.text
    out = desk.get(reverse("admin:imports_mapping_take", args=[kept.pk]))
    assert (out.content.decode(), out.headers["Content-Disposition"]) == (
        kept.text, 'attachment; filename="county-list.toml"',
    )  # fmt: skip
    shown = told(desk.get(reverse("admin:imports_mapping_history", args=[kept.pk])))
    assert "marks" in shown
    assert "ida" in shown
    load = reverse("admin:imports_mapping_load")
    desk.post(load, {"file": SimpleUploadedFile("county.toml", COUNTY.encode())})
    assert sorted(Mapping.objects.values_list("name", flat=True)) == ["county", "county-list"]
    wrong = COUNTY.replace("{who}", "who").replace("county", "other")
    assert "[party] name names no column" in told(desk.post(load, {"text": wrong}))
    text = reverse("admin:imports_mapping_text", args=[kept.pk])
    assert "The name of a mapping stays as it is (“county-list”)" in told(desk.post(text, {"text": COUNTY}))
    odd = kept.text.replace('key = "{Accused}"', 'key = "{Accused}/{Accused}"')
    desk.post(text, {"text": odd})
    assert desk.get(page).headers["Location"] == text  # what the questions can not say is changed as TOML
    assert Mapping.objects.get(pk=kept.pk).text == odd


def test_an_earlier_state_is_restored_and_what_was_removed_is_brought_back(desk: Client) -> None:
    desk.post(brought(desk), {**ANSWERS, "save": "1"})
    kept = Mapping.objects.get()
    before = kept.text
    desk.post(
        reverse("admin:imports_mapping_change", args=[kept.pk]), {**ANSWERS, "save": "1", field_of("Shoe size"): "mark"}
    )
    kept.refresh_from_db()
    first = history_of(Mapping).objects.filter(id=kept.pk).earliest("pgh_id")
    back = reverse("admin:history_restore", args=["imports.mapping", first.pgh_id])
    assert "Shoe size" in told(desk.get(back))
    desk.post(back, {"stamp": stamp_of(kept)})
    kept.refresh_from_db()
    assert kept.text == before
    desk.post(reverse("admin:imports_mapping_delete", args=[kept.pk]), {"post": "yes"})
    assert Mapping.objects.count() == 0
    last = history_of(Mapping).objects.filter(id=kept.pk).latest("pgh_id")
    desk.post(reverse("admin:history_restore", args=["imports.mapping", last.pgh_id]))
    assert (Mapping.objects.get().pk, Mapping.objects.get().text) == (kept.pk, before)


def test_a_kept_file_is_for_who_brought_it_and_not_for_long(desk: Client, sam: User, folder: Path) -> None:
    page = brought(desk)
    other = Client()
    other.force_login(sam)
    assert "or not by you" in told(other.get(page))
    place = next((folder / f"docketline-imports-{os.getuid()}").iterdir())
    os.utime(place, (0, time.time() - uploads.KEPT_FOR - 60))
    assert "Choose it again" in told(desk.get(page))
    assert not place.exists()


@pytest.mark.parametrize("room", ["imports", "desk"])
def test_a_kept_file_goes_by_itself(desk: Client, folder: Path, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    kept = folder / f"docketline-{'tables' if room == 'desk' else room}-{os.getuid()}"
    keep = UPLOADS.keep if room == "desk" else keeping.keep
    keep([b"a,b\n1,2\n"], name="first.csv", user=1)
    left = kept / "by-a-process-that-ended"
    left.mkdir()
    (left / "x.csv").write_text("a,b")
    (kept / "without-a-folder").write_text("a,b")  # as an earlier version kept it
    apps.get_app_config(room).ready()  # the program is started anew
    assert len(list(kept.iterdir())) == 3
    monkeypatch.setattr(uploads, "KEPT_FOR", 0.2)
    apps.get_app_config(room).ready()
    assert eventually(lambda: list(kept.iterdir()) == [])
    keep([b"a,b\n1,2\n"], name="x.csv", user=1)
    assert eventually(lambda: list(kept.iterdir()) == [])
    (kept / "gone-meanwhile").symlink_to("nowhere")  # another process lets go at the same time
    keeping.sweep()


def test_every_odd_request_is_answered(desk: Client) -> None:
    for query in ("?file=", "?file=x", "?file=%00", "?file=a:b:c", f"?file={'9' * 5000}"):
        assert desk.get(ADD + query).status_code == 200
        assert desk.post(ADD + query, ANSWERS).status_code == 200
    assert "This is no table" in told(desk.post(ADD, {"bring": "1", "file": upload('{"a": 1}')}))
    assert "Choose a table first." in told(desk.post(ADD, {"bring": "1"}))
    assert "This file is empty" in told(desk.post(reverse("admin:imports_batch_add"), {"file": upload(" \n")}))
    for address in ("0", "x", "9" * 30, "%00"):
        assert desk.get(f"/desk/imports/mapping/{address}/change/").status_code == 302
        assert desk.get(f"/desk/imports/mapping/{address}/toml/").status_code == 302
        assert desk.get(f"/desk/imports/mapping/{address}/toml/take/").status_code == 302
    page = brought(desk, "a,b\n1,2\n")
    assert desk.post(page, {"preview": "1", "file": "x", "is-": "y"}).status_code == 200
    load = reverse("admin:imports_mapping_load")
    for words in (b"\xff", b"", b"a = 1", b"x" * 200_000):
        assert desk.post(load, {"file": SimpleUploadedFile("x.toml", words)}).status_code == 200
    assert Mapping.objects.count() == 0


def test_contributors_say_it_too_and_others_do_not(ida: User, db: None) -> None:
    nobody = User.objects.create_user("nobody", password="x", is_staff=True)
    client = Client()
    client.force_login(nobody)
    assert (client.get(ADD).status_code, client.get("/desk/imports/mapping/").status_code) == (403, 403)
    nobody.groups.add(make_group(CONTRIBUTORS))
    client.post(brought(client), {**ANSWERS, "save": "1"})
    assert Mapping.objects.get().title == "County list"


def test_a_file_may_be_called_anything(desk: Client) -> None:
    name = "漢" * 150 + ".csv"  # more bytes than a folder takes
    for page in (ADD, reverse("admin:imports_batch_add")):
        sent = desk.post(page, {"file": upload(name=name), "bring": "1"})
        assert sent.status_code == 302
        assert "“漢漢漢" in told(desk.get(str(sent.headers["Location"])))


def test_nobody_else_waits_while_a_file_is_read(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page, turns, start = brought(desk), [], subprocess.Popen

    def started(*args: Any, **kwargs: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            turns.append(cursor.fetchone()[0])
        return start(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", started)
    assert desk.post(page, {**ANSWERS, "save": "1"}).status_code == 302
    assert turns == [0, 0]  # its columns, then its rows


def test_what_somebody_else_kept_meanwhile_is_not_written_over_unasked(desk: Client, sam: User) -> None:
    desk.post(brought(desk), {**ANSWERS, "save": "1"})
    kept = Mapping.objects.get()
    page = reverse("admin:imports_mapping_change", args=[kept.pk])
    text = reverse("admin:imports_mapping_text", args=[kept.pk])
    stamp = desk.get(page).context["stamp"]
    other = Client()
    other.force_login(sam)
    other.post(page, {**ANSWERS, "save": "1", "stamp": stamp, field_of("Shoe size"): "mark"})
    theirs = Mapping.objects.get().text
    for address, sent in ((page, {**ANSWERS, "save": "1"}), (text, {"text": kept.text})):
        refused = desk.post(address, {**sent, "stamp": stamp})
        assert refused.context["form"].non_field_errors() == [CHANGED.format("sam")]
        assert Mapping.objects.get().text == theirs
    desk.post(text, {"text": kept.text, "stamp": refused.context["stamp"]})
    assert Mapping.objects.get().text == kept.text
    long = SimpleUploadedFile("long.toml", (kept.text + "# x\n" * 30_000).encode())
    assert "longer than a mapping can be" in told(desk.post(text, {"file": long}))
