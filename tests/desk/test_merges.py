"""Merging two people at the desk, and undoing it: look, confirm once, follow the addresses, take it back."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases import editing
from cases.checking import status_differences
from cases.models import Case, Court, Defendant, Participant, Source
from cases.public_standing import standing_differences
from people import indexing
from people.models import Merge, Name, Namesake, Person, Redirect
from people.search import find
from tests.desk.conftest import add, change, problems, row
from tests.desk.record import Docket, act, docket

pytestmark = pytest.mark.django_db
HUGE = 99999999999999999999


@pytest.fixture
def quint(editor: User, court: Court, report: Source) -> Docket:
    """Zoë Quint, a public defendant."""
    return docket(court, report, editor)


@pytest.fixture
def kwint(quint: Docket, editor: User, court: Court, report: Source) -> Docket:
    """Zofia Kwint, a public defendant in another case and a witness in the first, with an alias and an old address."""
    other = docket(court, report, editor, slug="state-v-kwint", name="Zofia Kwint")
    who = other.defendant.person
    editing.save(Name(person=who, text="Zosia Kwint"), by=editor)
    editing.save(Redirect(person=who, old_slug="z-kwint"), by=editor)
    editing.save(Participant(case=quint.case, person=who, role="witness", shown_by=quint.complaint), by=editor)
    return other


def preview_url(keep: Docket, absorb: Docket) -> str:
    """The page that shows what merging the defendants of two dockets would do."""
    return reverse("admin:people_person_merge_with", args=[keep.defendant.person_id, absorb.defendant.person_id])


def told(response: HttpResponse) -> list[str]:
    """The messages on a page."""
    return [str(message) for message in response.context["messages"]]


def merged(desk: Client, keep: Docket, absorb: Docket) -> Merge:
    """Merge two at the desk, as an editor does: look, then confirm."""
    page = preview_url(keep, absorb)
    desk.post(page, {"seen": desk.get(page).context["seen"]})
    return Merge.objects.get(kept=keep.defendant.person_id, absorbed_slug=absorb.defendant.person.slug, undone_at=None)


def public(slug: str) -> tuple[int, str]:
    """What a reader's browser gets at a person's address: the code, and where it leads."""
    response = Client().get(reverse("public:person", args=[slug]))
    return response.status_code, response.headers.get("Location", "")


def all_is_in_step() -> bool:
    """Statuses, standing and the index agree with the record."""
    return not [
        *(found for case in Case.objects.all() for found in status_differences(case, on=localdate())),
        *standing_differences(),
        *indexing.check(),
    ]


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


def test_a_withheld_name_and_a_public_one_are_not_merged(desk: Client, quint: Docket, kwint: Docket) -> None:
    change(desk, "people_person", kwint.defendant.person_id, visibility="name_withheld")
    page = preview_url(quint, kwint)
    response = desk.post(page, {"seen": desk.get(page).context["seen"]}, follow=True)
    assert [sentence.partition(" (")[0] for sentence in told(response)] == [
        "The name of one may be shown further than the other's"
    ]
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_only_a_seal_hides_does_not_come_out_by_a_merge(
    desk: Client, editor: User, quint: Docket, kwint: Docket, swapped: bool
) -> None:
    Participant.objects.all().delete()
    editing.seal_defendant(kwint.defendant, basis="Expunged", on=date(2025, 2, 1), by=editor)
    page = preview_url(kwint, quint) if swapped else preview_url(quint, kwint)
    response = desk.post(page, {"seen": desk.get(page).context["seen"]}, follow=True)
    assert told(response) == [
        (
            "“Zofia Kwint” is shown nowhere, because of a seal or a withheld name in “State v. Kwint”. "
            "As one person with “Zoë Quint”, readers would learn it. Lift the seal first, or leave them apart."
        )
    ]
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
    Person.objects.create(slug="state-v-kwint-person", name="Somebody Else")
    page = reverse("admin:people_merge_undo", args=[done.pk])
    said = ["Somebody else has the address “state-v-kwint-person” now, so the person can not have it back."]
    assert list(desk.get(page).context["told"].obstacles) == said
    assert told(desk.post(page, follow=True)) == said


def test_a_name_withheld_after_the_merge_is_read_nowhere_and_stays_withheld_when_it_is_undone(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    done = merged(desk, quint, kwint)
    change(desk, "people_person", quint.defendant.person_id, visibility="name_withheld")
    addresses = ("state-v-quint-person", "state-v-kwint-person", "z-kwint")
    assert [public(slug) for slug in addresses] == [(404, "")] * 3
    assert _readers_see("Zofia", "Zosia", "Zoë") == []
    page = reverse("admin:people_merge_undo", args=[done.pk])
    assert desk.get(page).context["hidden"] is True
    desk.post(page)
    assert Person.objects.get(slug="state-v-kwint-person").visibility == "name_withheld"
    assert [public(slug) for slug in addresses] == [(404, "")] * 3
    assert _readers_see("Zofia", "Zosia", "Zoë") == []


def test_a_defendant_sealed_after_the_merge_keeps_no_address_and_the_editor_hears_of_the_other_name(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    merged(desk, quint, kwint)
    seal = reverse("admin:cases_defendant_seal", args=[kwint.defendant.pk])
    response = desk.post(seal, {"basis": "Expunged", "on": "2025-02-01"}, follow=True)
    (warning,) = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    names = "; ".join(f"the other name “{name}” on the page of Zoë Quint" for name in ("Zofia Kwint", "Zosia Kwint"))
    assert warning == (
        f"The name can still be read in: the case's address; the case's name; {names}. Change these texts now."
    )
    desk.post(reverse("admin:cases_defendant_seal", args=[quint.defendant.pk]), {"basis": "Order", "on": "2025-02-01"})
    Participant.objects.all().delete()
    assert [public(slug) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")] == [(404, "")] * 3
    assert _readers_see("Zofia", "Zosia", "Zoë") == []


def _readers_see(*names: str) -> list[str]:
    """The public pages on which one of the names can be read."""
    addresses = [
        reverse("public:person", args=[slug]) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")
    ]
    addresses += [reverse("public:case", args=[slug]) for slug in ("state-v-quint", "state-v-kwint")]
    addresses += [reverse("public:people"), reverse("public:suggest") + "?q=zo"]
    addresses += [f"{reverse('public:people')}?q={typed}&role=any" for typed in ("kwint", "quint")]
    pages = {address: Client().get(address).content.decode() for address in addresses}
    return [address for address, page in pages.items() if any(name in page for name in names)]


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


def test_not_the_same_person_as_is_said_on_a_persons_page_and_read_by_searchers(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    one, other = quint.defendant.person, kwint.defendant.person
    said = row("namesakes", 0, other=other.pk, note="Born in other years.")
    assert change(desk, "people_person", one.pk, **said).status_code == 302
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(one.pk, other.pk, "Born in other years.")]
    answer = Client().get(reverse("public:people"), {"q": "zofia kwint"}).content.decode()
    assert ("Not the same person as" in answer, "Born in other years." in answer) == (True, True)
    twice = change(desk, "people_person", other.pk, **row("namesakes", 0, other=one.pk))
    assert problems(twice) == {"namesakes-0-other": ["This is already said of the two."]}
    alike = change(desk, "people_person", one.pk, **row("namesakes", 1, other=one.pk))
    assert problems(alike) == {
        "namesakes-1-other": ["Choose somebody else: a person is always the same as themselves."]
    }
    for wrong in ("x", "\0", str(HUGE), ""):
        tried = change(desk, "people_person", one.pk, **row("namesakes", 1, other=wrong, note="n"))
        assert list(problems(tried)) == ["namesakes-1-other"]
    assert change(desk, "people_person", other.pk, **{"namesake_of-0-DELETE": "on"}).status_code == 302
    assert Namesake.objects.count() == 0


def test_not_the_same_person_can_be_said_where_a_merge_was_considered(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    page = preview_url(quint, kwint)
    one, other = quint.defendant.person_id, kwint.defendant.person_id
    assert "Not the same person" in desk.get(page).content.decode()
    for wrong in ("n\0", "x" * 201):
        assert len(told(desk.post(page, {"apart": "1", "note": wrong}, follow=True))) == 1
    response = desk.post(page, {"apart": "1", "note": "Another town."}, follow=True)
    assert told(response) == ["It is recorded that “Zoë Quint” and “Zofia Kwint” are not the same person."]
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(one, other, "Another town.")]
    assert "How to tell them apart" not in desk.get(page).content.decode()
    said = [told(desk.post(where, {"apart": "1"}, follow=True)) for where in (page, preview_url(kwint, quint))]
    assert said == [["This is already said of the two."]] * 2
    assert (Namesake.objects.count(), Person.objects.count(), Merge.objects.count()) == (1, 2, 0)
