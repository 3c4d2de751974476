"""Four eyes: what a contributor, an editor and an administrator may do; what one wrote, another publishes."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Charge, Citation, Court, Defendant, Disposition, Event, Outcome, Source
from desk.marks import mark_of, name_of
from desk.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, make_groups
from people.models import Person
from tests.cases.editing.told import refusal
from tests.desk.conftest import change, picked, problems
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
ONLY_EDITORS = "{} is public, or was. Only an editor may change it. Tell one what is wrong."
NOT_YOURS = "Only an editor may publish, withdraw, confirm, verify or assign. Submit it for review instead."
OWN = (
    "“{}” has words of yours that nobody else has published or confirmed. What one person wrote, another publishes: "
    "submit it for review."
)

Account = Callable[[str], User]


@pytest.fixture
def account(db: None) -> Account:
    """Make somebody of a role: "ada" is a contributor, "eve" and "fay" editors, "bea" an administrator."""
    groups = make_groups()
    roles = {"ada": CONTRIBUTORS, "abe": CONTRIBUTORS, "eve": EDITORS, "fay": EDITORS, "bea": ADMINISTRATORS}

    def make(name: str) -> User:
        user, new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if new:
            user.groups.add(groups[roles[name]])
        return user

    return make


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drafted(quint: Docket, report: Source, by: User, title: str = "Heard") -> Event:
    """An act of the published case, as a draft."""
    return act(quint.case, title, "hearing preliminary", date(2024, 2, 1), report, by)


def state(thing: Event | Case) -> str:
    return type(thing).objects.get(pk=thing.pk).editorial_state


def test_what_one_person_wrote_another_publishes(quint: Docket, report: Source, account: Account) -> None:
    ada, eve, fay, bea = (account(name) for name in ("ada", "eve", "fay", "bea"))
    heard = drafted(quint, report, ada)
    assert refusal(editing.publish, heard, by=ada) == [NOT_YOURS]
    editing.submit(heard, by=ada)
    editing.publish(heard, by=eve)
    stored = Event.objects.get(pk=heard.pk)
    assert (stored.editorial_state, stored.changed_by, stored.published_by) == ("published", ada, eve)

    own = drafted(quint, report, eve, "Heard again")
    assert refusal(editing.publish, own, by=eve) == [OWN.format(own)]
    editing.publish(own, by=fay)
    alone = drafted(quint, report, bea, "Heard once more")
    editing.publish(alone, by=bea)
    assert (state(own), state(alone)) == ("published", "published")


def test_the_rows_beneath_are_content_of_the_act(
    quint: Docket, report: Source, account: Account, terms: dict[str, Disposition]
) -> None:
    ada, eve, fay = (account(name) for name in ("ada", "eve", "fay"))
    ruling = act(quint.case, "Dismissed", "ruling dismiss granted", date(2024, 7, 12), report, ada)
    outcome = Outcome(event=ruling, charge=quint.charge, disposition=terms["dismissed_with_prejudice"])
    editing.save(outcome, by=eve)
    stored = Event.objects.get(pk=ruling.pk)
    assert (stored.changed_by, stored.updated_by) == (eve, eve)
    assert refusal(editing.publish, ruling, by=eve) == [OWN.format(ruling)]
    editing.save(outcome, by=fay)  # as it was: nobody has changed anything
    assert Event.objects.get(pk=ruling.pk).changed_by == eve
    editing.remove(ruling.citations.get(), by=fay)
    assert Event.objects.get(pk=ruling.pk).changed_by == fay
    editing.save(Citation(event=ruling, source=report), by=ada)
    editing.concern(ruling, defendants=[quint.defendant], by=eve)
    assert Event.objects.get(pk=ruling.pk).changed_by == eve
    assert set(Event.objects.get(pk=ruling.pk).writers) == {ada.pk, eve.pk, fay.pk}
    editing.publish(ruling, by=account("bea"))


def test_a_contributor_leaves_alone_what_is_public_or_was(quint: Docket, report: Source, account: Account) -> None:
    ada, boss = account("ada"), User.objects.get(username="edith")
    complaint, case, person = quint.complaint, quint.case, quint.defendant.person
    complaint.title = case.summary = person.described_as = "Otherwise"
    assert refusal(editing.save, complaint, by=ada) == [ONLY_EDITORS.format(f"“{Event.objects.get()}”")]
    assert refusal(editing.save, case, by=ada) == [ONLY_EDITORS.format("“State v. Quint”")]
    assert refusal(editing.save, person, by=ada) == [ONLY_EDITORS.format("“Zoë Quint”")]
    another = Charge(defendant=quint.defendant, created_by=complaint, title="Theft")
    for write in (
        lambda: editing.save(another, by=ada),
        lambda: editing.remove(complaint.citations.get(), by=ada),
        lambda: editing.concern(complaint, defendants=[quint.defendant], by=ada),
        lambda: editing.save(Source(pk=report.pk, kind="court_record", title="Otherwise"), by=ada),
        lambda: editing.withdraw(complaint, by=ada),
        lambda: editing.verify(quint.case, by=ada),
        lambda: editing.assign(complaint, to=ada, by=ada),
        lambda: editing.seal_case(quint.case, basis="Code § 1", on=date(2024, 1, 1), by=ada),
        lambda: editing.merge_people(keep=person, absorb=Person.objects.create(slug="x", name="Zoe Quint"), by=ada),
        lambda: editing.save(Court(slug="x", name="X", jurisdiction=quint.case.court.jurisdiction), by=ada),
    ):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "not_yours"
    with editing.sitting():
        editing.correct(kind="error", sentence="The case was taken back, because its source was in doubt.", by=boss)
        editing.withdraw(case, by=boss)
        editing.withdraw(complaint, by=boss)
    assert refusal(editing.redraft, Event.objects.get(), by=ada) == [ONLY_EDITORS.format(f"“{Event.objects.get()}”")]


def test_review_and_back(quint: Docket, report: Source, account: Account) -> None:
    ada, abe, eve = (account(name) for name in ("ada", "abe", "eve"))
    heard = drafted(quint, report, ada)
    editing.submit(heard, by=ada)
    editing.redraft(heard, by=eve, because="Which motion?")
    stored = Event.objects.get(pk=heard.pk)
    assert (stored.editorial_state, stored.sent_back_by, stored.sent_back_because) == ("draft", eve, "Which motion?")
    editing.submit(heard, by=ada)
    assert Event.objects.get(pk=heard.pk).sent_back_by is None
    # What a reviewer reads does not change under their eyes: it goes back to be a draft.
    heard = Event.objects.get(pk=heard.pk)
    heard.title = "Heard, and put off"
    editing.save(heard, by=abe)
    assert state(heard) == "draft"
    editing.submit(heard, by=ada)
    heard = Event.objects.get(pk=heard.pk)
    heard.title = "Heard and put off"
    editing.save(heard, by=eve)
    assert (state(heard), refusal(editing.publish, heard, by=eve)) == ("in_review", [OWN.format(heard)])


def test_what_an_editor_changes_of_something_public_waits_for_a_second_look(
    quint: Docket, account: Account, report: Source
) -> None:
    eve, fay, bea = (account(name) for name in ("eve", "fay", "bea"))

    def changed(by: User, **columns: object) -> str:
        complaint = Event.objects.get(pk=quint.complaint.pk)
        for name, value in columns.items():
            setattr(complaint, name, value)
        with editing.sitting():
            editing.correct(kind="error", sentence="It said something else of that day.", by=by)
            editing.save(complaint, by=by)
        return Event.objects.get(pk=complaint.pk).unseen

    assert changed(eve, text="On the ninth.") == "words"
    assert changed(eve, on=date(2024, 1, 9)) == "effect"
    assert changed(eve, text="On the 9th.") == "effect", "the graver one stays until it is seen"
    assert refusal(editing.confirm, Event.objects.get(), by=eve) == [OWN.format(Event.objects.get())]
    editing.confirm(Event.objects.get(), by=fay)
    assert (Event.objects.get().unseen, Event.objects.get().changed_by) == ("", eve)
    assert refusal(editing.confirm, Event.objects.get(), by=fay) == [
        f"Nothing about “{Event.objects.get()}” waits to be seen by a second person."
    ]
    assert changed(bea, text="On 9 January.") == "", "an administrator needs no second person"


def test_the_screens_offer_what_one_may_do(quint: Docket, report: Source, account: Account) -> None:
    ada, eve, bea = (account(name) for name in ("ada", "eve", "bea"))
    heard = drafted(quint, report, ada)
    draft, public = (reverse("admin:cases_event_change", args=[one.pk]) for one in (heard, quint.complaint))

    def offered(user: User, page: str) -> list[str]:
        return [label for _, label in browser(user).get(page).context["publishing"].buttons]

    assert offered(ada, draft) == ["Save and submit for review"]
    assert offered(eve, draft) == ["Save and publish", "Save and submit for review"]
    assert offered(eve, public) == ["Save and withdraw"]
    seen = browser(ada).get(public)
    assert (seen.status_code, seen.context["has_change_permission"], b'name="_save"' in seen.content) == (
        200, False, False,
    )  # fmt: skip
    assert browser(ada).post(public, {"title": "Otherwise", "_publish": "1"}).status_code == 403
    assert Event.objects.get(pk=quint.complaint.pk).title == "Complaint filed"
    seal = reverse("admin:cases_case_seal", args=[quint.case.pk])
    case = reverse("admin:cases_case_change", args=[quint.case.pk])
    assert [seal in browser(user).get(case).content.decode() for user in (ada, eve)] == [False, True]
    assert browser(ada).get(seal).status_code == 403
    assert browser(ada).get(reverse("admin:people_person_merge", args=[quint.defendant.person_id])).status_code == 403

    actions = {
        user.username: [name for name, _ in browser(user).get(reverse("admin:cases_case_changelist")).context[
            "action_form"].fields["action"].choices if "selected" in name]
        for user in (ada, eve)
    }  # fmt: skip
    assert actions["ada"] == ["delete_selected", "submit_selected", "redraft_selected"]
    assert actions["eve"] == [
        "delete_selected", "publish_selected", "withdraw_selected", "submit_selected", "redraft_selected",
        "assign_selected", "verify_selected",
    ]  # fmt: skip
    rooms = {
        user.username: [app["app_label"] for app in browser(user).get("/desk/").context["app_list"]]
        for user in (ada, eve, bea)
    }
    assert ("auth" in rooms["ada"], "auth" in rooms["eve"], "auth" in rooms["bea"]) == (False, False, True)


def test_save_and_publish_by_another_changes_nothing_and_publishes(
    quint: Docket, report: Source, account: Account
) -> None:
    ada, eve = account("ada"), account("eve")
    heard = drafted(quint, report, ada)
    page = change(browser(eve), "cases_event", heard.pk, _publish="1")
    assert (page.status_code, state(heard)) == (302, "published")
    mine = drafted(quint, report, ada, "Heard again")
    page = change(browser(eve), "cases_event", mine.pk, title="Heard twice", _publish="1")
    said = OWN.format("1 February 2024: Heard twice")
    assert (problems(page), state(mine)) == ({"": [said]}, "draft")
    assert page.context["adminform"].form["title"].value() == "Heard twice"


def test_advice_is_overruled_with_a_sentence_that_is_kept_and_shown(
    quint: Docket, report: Source, account: Account, terms: dict[str, Disposition]
) -> None:
    ada, eve = account("ada"), account("eve")
    press = Source.objects.create(kind="news_report", publisher="The Evening Docket", title="Dismissed")
    ruling = act(quint.case, "Dismissed", "ruling dismiss granted", date(2024, 7, 12), press, ada)
    editing.save(Outcome(event=ruling, charge=quint.charge, disposition=terms["dismissed_with_prejudice"]), by=ada)
    advice = (
        "“Dismissed” ends a charge without a conviction, and rests on one press report only. Cite the order, or a "
        "second report that does not repeat the first."
    )
    said = "To publish it all the same, say why in one sentence: it is kept, and other editors read it."
    client = browser(eve)
    page = change(client, "cases_event", ruling.pk, _publish="1")
    assert problems(page) == {"": [said], "citations": [advice]}
    assert [(line.weight, line.words) for line in page.context["publishing"].lines] == [("Should", advice)]
    sentence = "The clerk read the order to us on the telephone."
    assert change(client, "cases_event", ruling.pk, _publish="1", despite=sentence).status_code == 302
    assert Event.objects.get(pk=ruling.pk).published_despite == sentence
    page = client.get(reverse("admin:cases_event_change", args=[ruling.pk]))
    assert f"Published all the same, because: {sentence}" in page.content.decode()
    assert "telephone" not in Client().get(quint.case.get_absolute_url()).content.decode()


def test_many_at_once_with_one_summary(quint: Docket, report: Source, account: Account, court: Court) -> None:
    ada, eve = account("ada"), account("eve")
    fine, bare = drafted(quint, report, ada), act(
        quint.case, "Bare", "hearing preliminary", date(2024, 2, 2), None, ada
    )  # fmt: skip
    mine = drafted(quint, report, eve, "Mine")
    client, where = browser(eve), reverse("admin:cases_event_changelist")
    rows = [str(one.pk) for one in (fine, bare, mine)]

    def told(action: str, *chosen: Event | Case, url: str = where, **more: str) -> list[str]:
        sent = client.post(url, picked(action, *chosen) | more, follow=True)
        return [str(message) for message in sent.context["messages"]]

    # Whatever is done from a list is done to what the list had shown, be it chosen one by one or all at once.
    drawn = re.findall(r'name="(mark-\d+)" value="(\w+)"', client.get(where).content.decode())
    assert dict(drawn) == {name_of(one): mark_of(one) for one in Event.objects.all()}
    listed = client.get(where).context["action_form"]["shown_at"].value()
    fine.title = "Heard at length"
    editing.save(fine, by=ada)
    changed = "It was changed, by ada, after this was shown to you. Look at it again first."
    for action in ("publish_selected", "submit_selected", "redraft_selected", "assign_selected"):
        for shown in (dict(drawn), {"shown_at": listed}):
            sent = {"action": action, "_selected_action": rows[:1], "to": ""} | shown
            (summary,) = client.post(where, sent, follow=True).context["messages"]
            assert (str(summary).startswith("0 are "), changed in str(summary)) == (True, True), action
        (summary,) = client.post(where, {"action": action, "_selected_action": rows[:1]}, follow=True).context[
            "messages"
        ]
        assert "This list does not say what it showed you." in str(summary)
    sent = {"action": "delete_selected", "_selected_action": rows[:1], "post": "yes"} | dict(drawn)
    (summary,) = client.post(where, sent, follow=True).context["messages"]
    assert str(summary) == f"“{fine}”: {changed} Nothing was deleted."
    (summary,) = told("publish_selected", fine, bare, mine)
    assert summary.startswith("1 is published now. 2 were not.<ul>")
    assert summary.count("<li>") == 2
    assert ("can not be public without a source" in summary, "has words of yours" in summary) == (True, True)
    assert [state(one) for one in (fine, bare, mine)] == ["published", "draft", "draft"]
    assert told("assign_selected", bare, mine, to=str(ada.pk)) == ["2 are assigned to ada."]
    assert list(Event.objects.filter(assigned_to=ada).order_by("pk")) == [bare, mine]
    draft = editing.save(Case(slug="other", caption="State v. Other", court=court), by=ada)
    (summary,) = told("verify_selected", quint.case, draft, url=reverse("admin:cases_case_changelist"))
    assert summary.startswith("1 is verified today. 1 was not.<ul>")
    assert Case.objects.get(pk=quint.case.pk).verified_by == eve
    assert browser(ada).post(where, {"action": "publish_selected", "_selected_action": rows}).status_code in (200, 302)
    assert state(mine) == "draft"


def test_a_contributor_shows_no_name_that_is_withheld_and_changes_nothing_behind_a_seal(
    quint: Docket, account: Account, editor: User
) -> None:
    ada, who = account("ada"), Person.objects.get(pk=quint.defendant.person_id)
    who.visibility, who.not_named_because = "name_withheld", "minor"
    editing.save(who, by=editor)
    refused = change(browser(ada), "people_person", who.pk, visibility="public", not_named_because="")
    who.refresh_from_db()
    assert (refused.status_code, who.visibility, who.not_named_because) == (403, "name_withheld", "minor")

    # Of a person in drafts alone, too: who publishes the draft would not hear of it any more.
    alone = editing.save(
        Person(slug="an-drew", name="An Drew", visibility="name_withheld", not_named_because="victim"), by=editor
    )
    page = change(browser(ada), "people_person", alone.pk, visibility="public", not_named_because="")
    assert problems(page) == {
        "visibility": [
            "Only an editor may show a name, or a record, that is withheld. Tell one why it should be shown."
        ]
    }

    editing.seal_defendant(quint.defendant, basis="By order", on=date(2024, 2, 2), by=editor)
    quint.defendant.refresh_from_db()
    quint.defendant.person = alone
    assert refusal(editing.save, quint.defendant, by=ada) == [ONLY_EDITORS.format("“Zoë Quint in State v. Quint”")]

    # Nor do many rows at once say of a public act whom it concerns.
    hearing = drafted(quint, quint.complaint.citations.get().source, editor)
    editing.publish(hearing, by=editor)
    newcomer = Defendant(case=quint.case, person=alone)
    (told,) = refusal(editing.enter, [newcomer], concerning=[(hearing, newcomer)], by=ada)
    assert told.endswith("is public, so whom it concerns would be public at once. Add it on its own page.")


def test_a_name_that_is_shown_again_waits_for_a_second_look(quint: Docket, account: Account) -> None:
    eve, fay, who = account("eve"), account("fay"), Person.objects.get(pk=quint.defendant.person_id)
    for visibility in ("name_withheld", "public"):
        assert Case.objects.get(pk=quint.case.pk).unseen == ""
        who.visibility = visibility
        editing.save(who, by=eve)
    assert refusal(editing.confirm, Case.objects.get(), by=eve) == [OWN.format("State v. Quint")]
    editing.confirm(Case.objects.get(), by=fay)
    editing.seal_defendant(quint.defendant, basis="By order", on=date(2024, 2, 2), by=eve)
    assert Case.objects.get().unseen == "effect", "readers read its legal basis"
    editing.confirm(Case.objects.get(), by=fay)
    editing.lift_seal(quint.defendant, by=eve)
    assert (Case.objects.get().unseen, Case.objects.get().changed_by) == ("effect", eve)
