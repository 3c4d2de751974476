"""Merging two people at the desk, and undoing it: look, confirm once, follow the addresses, take it back."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Defendant, Participant
from people.models import Merge, Name, Namesake, Person, UsedAddress
from people.search import find
from tests.desk.conftest import add, problems
from tests.desk.merging import all_is_in_step, merged, preview_url, public, told
from tests.desk.record import Docket, act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("said")]
HUGE = 99999999999999999999


def test_the_other_person_is_found_by_any_name_or_address(desk: Client, quint: Docket, kwint: Docket) -> None:
    page = reverse("admin:people_person_merge", args=[quint.defendant.person_id])

    def found(typed: str) -> list[str]:
        return [one.person.slug for one in desk.get(page, {"q": typed}).context["candidates"]]

    Person.objects.create(slug="zane-quint", name="Zane Quint")
    assert found("") == ["zane-quint"]
    them = ["state-v-kwint-person"]
    typed = ["zosia", "KWINT, Zofia", "state-v-kwint-person", "https://x.example/people/z-kwint/", "kwint\0"]
    assert {one: found(one) for one in typed} == dict.fromkeys(typed, them)
    assert found("zoë quint") == []
    answer = desk.get(page, {"q": "zosia"}).content.decode()
    assert (
        preview_url(quint, kwint) in answer,
        "defendant in State v. Kwint; witness in State v. Quint" in answer,
    ) == (
        True,
        True,
    )
    person_page = desk.get(reverse("admin:people_person_change", args=[quint.defendant.person_id]))
    assert f'href="{page}"' in person_page.content.decode()


def test_the_preview_shows_what_moves_with_links_and_writes_nothing(desk: Client, quint: Docket, kwint: Docket) -> None:
    ruling = act(quint.case, "Spoke to the press", "statement denial", date(2024, 2, 1), None, User.objects.get())
    ruling.actor = kwint.defendant.person
    ruling.save()
    response = desk.get(preview_url(quint, kwint))
    moves = [
        (heading, [(line.text, line.url, [charge.text for charge in line.more]) for line in lines])
        for heading, lines in response.context["moves"]
    ]
    assert moves == [
        (
            "Accused or sued, with the charges",
            [("State v. Kwint", reverse("admin:cases_defendant_change", args=[kwint.defendant.pk]), ["Arson"])],
        ),
        ("Acts they did", [("Spoke to the press, 1 February 2024", _url("event", ruling.pk), [])]),
        ("Other roles", [("Witness in State v. Quint", _url("event", quint.complaint.pk), [])]),
    ]
    page = response.content.decode()
    shown = [
        "/people/state-v-kwint-person/",
        "/people/z-kwint/",
        "Zofia Kwint",
        "Zosia Kwint",
        _url("charge", kwint.charge.pk),
    ]
    assert [text for text in shown if text not in page] == []
    assert (" style=" in page, "<script>" in page) == (False, False)
    assert (Merge.objects.count(), Person.objects.count(), Defendant.objects.get(pk=kwint.defendant.pk).person) == (
        0,
        2,
        kwint.defendant.person,
    )


def _url(noun: str, pk: int) -> str:
    return reverse(f"admin:cases_{noun}_change", args=[pk])


def test_a_merge_moves_all_and_leads_readers_to_the_person_kept(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    page = preview_url(quint, kwint)
    response = desk.post(page, {"seen": desk.get(page).context["seen"]}, follow=True)
    person = Person.objects.get()
    assert response.redirect_chain == [(reverse("admin:people_person_change", args=[person.pk]), 302)]
    assert told(response) == ["“Zofia Kwint” is merged into “Zoë Quint”. /people/state-v-kwint-person/ leads here now."]
    here = reverse("public:person", args=["state-v-quint-person"])
    assert [public(slug) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")] == [
        (200, ""),
        (301, here),
        (301, here),
    ]
    assert [hit.person_id for hit in find("Zofia Kwint").hits] == [person.pk]
    assert "Zofia Kwint" in Client().get(here).content.decode()
    assert all_is_in_step()
    log = LogEntry.objects.filter(content_type__model="person").order_by("pk")
    assert list(log.values_list("user", "object_id", "change_message")) == [
        (editor.pk, str(person.pk), "Merged “Zofia Kwint” (state-v-kwint-person) into this person."),
        (editor.pk, str(kwint.defendant.person_id), "Merged into “Zoë Quint” (state-v-quint-person)."),
    ]
    assert Merge.objects.get().by == editor


def test_a_form_sent_twice_merges_once_and_says_so(desk: Client, quint: Docket, kwint: Docket) -> None:
    page = preview_url(quint, kwint)
    seen = desk.get(page).context["seen"]
    for _ in range(2):
        response = desk.post(page, {"seen": seen}, follow=True)
    assert told(response) == ["“Zofia Kwint” was merged into “Zoë Quint” already; nothing else was done."]
    assert told(desk.get(preview_url(kwint, quint), follow=True)) == told(response)
    assert (Merge.objects.count(), Person.objects.count()) == (1, 1)


def test_only_what_was_seen_is_merged(desk: Client, editor: User, quint: Docket, kwint: Docket) -> None:
    page = preview_url(quint, kwint)
    seen = desk.get(page).context["seen"]
    editing.save(Name(person=kwint.defendant.person, text="Z. Kwint-Quint"), by=editor)
    changed = [
        "Something about the two was changed since this page was shown, or it was not sent whole. Look again, please."
    ]
    assert [told(desk.post(page, {"seen": typed}, follow=True)) for typed in (seen, "", "\0")] == [changed] * 3
    assert Merge.objects.count() == 0


def test_what_stands_in_the_way_is_said_and_the_merge_refused(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    one, other = quint.defendant.person, kwint.defendant.person
    editing.save(Defendant(case=quint.case, person=other), by=editor)
    editing.save(Namesake(person=other, other=one, note="Born in other years."), by=editor)
    page = preview_url(quint, kwint)
    response = desk.get(page)
    said = [
        "An editor has said that “Zoë Quint” and “Zofia Kwint” are not the same. Remove that first if it is wrong.",
        (
            "Both have the same part: defendant “Zofia Kwint in State v. Quint” and defendant "
            "“Zoë Quint in State v. Quint”. Make one of them first."
        ),
    ]
    assert list(response.context["preview"].obstacles) == said
    assert "Merge the two" not in response.content.decode()
    assert told(desk.post(page, {"seen": response.context["seen"]}, follow=True)) == said
    assert Merge.objects.count() == 0


def test_undoing_brings_both_back_with_their_addresses(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    done = merged(desk, quint, kwint)
    page = reverse("admin:people_merge_undo", args=[done.pk])
    lists = desk.get(reverse("admin:people_merge_changelist")).content.decode()
    person_page = desk.get(reverse("admin:people_person_change", args=[quint.defendant.person_id])).content.decode()
    assert ("Zofia Kwint" in lists, page in person_page) == (True, True)
    assert desk.get(reverse("admin:people_merge_change", args=[done.pk])).headers["Location"] == page
    shown = desk.get(page)
    assert [(heading, len(lines)) for heading, lines in shown.context["moves"]] == [
        ("Accused or sued, with the charges", 1),
        ("Other roles", 1),
    ]
    assert (shown.context["told"].addresses, shown.context["told"].names, shown.context["told"].lost) == (
        ("z-kwint",),
        ("Zosia Kwint",),
        (),
    )
    assert Merge.objects.get().undone_at is None

    response = desk.post(page, follow=True)
    assert told(response) == ["“Zofia Kwint” is a person of their own again, at /people/state-v-kwint-person/."]
    there = reverse("public:person", args=["state-v-kwint-person"])
    assert [public(slug) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")] == [
        (200, ""),
        (200, ""),
        (301, there),
    ]
    assert "Kwint" not in Client().get(
        reverse("public:person", args=["state-v-quint-person"])
    ).content.decode().replace("State v. Kwint", "")
    assert all_is_in_step()
    assert [
        entry.change_message for entry in LogEntry.objects.filter(content_type__model="person").order_by("-pk")[:2]
    ] == [
        "Undid the merge into “Zoë Quint” (state-v-quint-person).",
        "Undid the merge of “Zofia Kwint” (state-v-kwint-person) into this person.",
    ]
    assert told(desk.post(page, follow=True)) == ["This merge was undone already."]
    assert "Undone on" in desk.get(reverse("admin:people_merge_changelist")).content.decode()
    assert merged(desk, quint, kwint).pk != done.pk


def test_what_can_not_come_back_is_said(desk: Client, editor: User, quint: Docket, kwint: Docket) -> None:
    third = editing.save(Person(slug="zofia-kwint", name="Zofia Kwint"), by=editor)
    editing.save(Namesake(person=kwint.defendant.person, other=third), by=editor)
    done = merged(desk, quint, kwint)
    editing.remove(Participant.objects.get(), by=editor)
    editing.remove(third, by=editor)
    page = reverse("admin:people_merge_undo", args=[done.pk])
    assert desk.get(page).context["told"].lost == (
        "1 participant: removed since the merge, or given to somebody else.",
        "1 “not the same person as”: the other person is no longer in the record.",
    )
    assert desk.post(page).status_code == 302
    assert (Person.objects.count(), Participant.objects.count(), Namesake.objects.count()) == (2, 0, 0)


def test_a_merge_is_not_undone_onto_an_address_that_is_taken(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    done = merged(desk, quint, kwint)
    response = add(desk, "people_person", name="Zofia Kwint", slug="state-v-kwint-person")
    assert problems(response) == {"slug": ["Readers are led from this address to Zoë Quint, for ever. Choose another."]}
    UsedAddress.objects.all().delete()  # what keeps it from being taken at all
    Person.objects.create(slug="state-v-kwint-person", name="Somebody Else")
    page = reverse("admin:people_merge_undo", args=[done.pk])
    said = ["Somebody else has the address “state-v-kwint-person” now, so the person can not have it back."]
    assert list(desk.get(page).context["told"].obstacles) == said
    assert told(desk.post(page, follow=True)) == said


@pytest.mark.parametrize("granted", [[], ["view_person", "change_person", "view_merge"]])
def test_who_may_not_remove_people_may_not_merge_them(
    desk: Client, quint: Docket, kwint: Docket, granted: list[str]
) -> None:
    done = Merge.objects.create(kept=quint.defendant.person, absorbed_slug="x", absorbed_name="X", record={})
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=granted))
    client = Client()
    client.force_login(clerk)
    person = quint.defendant.person_id
    pages = [
        reverse("admin:people_person_merge", args=[person]),
        preview_url(quint, kwint),
        reverse("admin:people_merge_undo", args=[done.pk]),
    ]
    assert [(client.get(page).status_code, client.post(page).status_code) for page in pages] == [(403, 403)] * 3
    if granted:
        assert "Merge with" not in client.get(reverse("admin:people_person_change", args=[person])).content.decode()
    stranger = Client()
    assert [stranger.get(page).headers["Location"] for page in pages] == [
        f"{reverse('admin:login')}?next={page}" for page in pages
    ]


@pytest.mark.slow
def test_whatever_is_asked_is_answered_with_a_sentence(desk: Client, quint: Docket, kwint: Docket) -> None:
    person = quint.defendant.person_id
    gone = ["This person is no longer in the record. Start again from the list."]
    for pair in ((person, 0), (0, person), (HUGE, person), (person, HUGE)):
        page = reverse("admin:people_person_merge_with", args=pair)
        assert (told(desk.get(page, follow=True)), told(desk.post(page, {"seen": "x"}, follow=True))) == (gone, gone)
    assert told(desk.get(reverse("admin:people_person_merge", args=[HUGE]), follow=True)) == gone
    same = reverse("admin:people_person_merge_with", args=[person, person])
    assert list(desk.get(same).context["preview"].obstacles) == ["Choose two different persons."]
    assert told(desk.post(same, {"seen": desk.get(same).context["seen"]}, follow=True)) == [
        "Choose two different persons."
    ]
    none = ["There is no such merge in the record."]
    for pk in (0, HUGE):
        assert told(desk.post(reverse("admin:people_merge_undo", args=[pk]), follow=True)) == none
    for wrong in ("x", "%00", "-1", str(HUGE), "²"):
        assert (
            told(desk.get(reverse("admin:people_merge_change", args=["0"]).replace("/0/", f"/{wrong}/"), follow=True))
            == none
        )
        page = reverse("admin:people_person_merge", args=[person])
        assert desk.get(page, {"q": wrong}).status_code == 200
        codes = {
            desk.get(f"{page}{wrong}/", follow=True).status_code,
            desk.post(f"{page}{wrong}/", follow=True).status_code,
        }
        assert codes <= {200, 404}
    assert desk.get(reverse("admin:people_person_merge", args=[person]), {"q": "x" * 5000}).status_code == 200
    assert (Merge.objects.count(), Person.objects.count()) == (0, 2)
