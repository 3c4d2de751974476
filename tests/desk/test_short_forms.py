"""The short forms: an act that decides nothing is entered on one screen, and nothing that was typed is lost."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import editing
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Defendant,
    Disposition,
    Event,
    Matter,
    Outcome,
    Source,
)
from desk.short.charges import NO_DEFENDANT
from desk.short.following import LEFT_BEHIND, NOT_ALL, REPLACED
from desk.short.forms import WHOM
from desk.short.kinds import FORMS
from desk.short.writing import ANOTHER
from desk.sourcing import LOOK_AT_IT, NEEDED, NOT_ONE_OF_THEM, TAKEN_FOR
from people.models import Person
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
REUTERS = "https://www.reuters.com/legal/zoe-quint-asks-court-to-drop-arson-case-2024-02-01/"
NEW = {
    "source-source": f"{REUTERS}?utm_source=x",
    "source-kind": "news_agency",
    "source-publisher": "Reuters",
    "source-title": "Zoë Quint asks the court to drop the case",
    "source-published_on": "2024-02-01",
}


def at(home: Case | Matter, slug: str) -> str:
    """The address of a short form."""
    return reverse(f"admin:{'case' if isinstance(home, Case) else 'matter'}_enter", args=[home.pk, slug])


def fresh(desk: Client, url: str) -> dict[str, Any]:
    """What a browser would send if the form were sent in as it is shown."""
    context: Any = desk.get(url).context
    parts = [context["form"], context["sourcing"]]
    if context["charges"] is not None:
        parts += [context["charges"].management_form, *context["charges"].forms]
    return {f.html_name: f.value() for part in parts for f in part if f.value() not in (None, [])}


def send(desk: Client, url: str, **typed: Any) -> HttpResponse:
    return desk.post(url, fresh(desk, url) | {name.replace("__", "-"): value for name, value in typed.items()})


def wrong(response: HttpResponse) -> dict[str, list[str]]:
    """The errors on the page by field; "" for those above a form."""
    context: Any = response.context
    parts = [context["form"], context["sourcing"], *(context["charges"].forms if context["charges"] else [])]
    found = {("" if n == "__all__" else part.add_prefix(n)): list(e) for part in parts for n, e in part.errors.items()}
    if context["charges"] is not None and (rows := context["charges"].non_form_errors()):
        found["charges"] = list(rows)
    return found


def test_a_motion_is_entered_from_the_case_with_a_new_source(desk: Client, quint: Docket, editor: User) -> None:
    case = reverse("admin:cases_case_change", args=[quint.case.pk])
    url = at(quint.case, "filing")
    assert f'href="{url}"' in desk.get(case).content.decode()
    typed = {"what": "motion:dismiss", "on": "2024-02", "actor": "zoe QUINT", "source-quote": "drop the case"}
    response = send(desk, url, **typed, **NEW, _publish="1")
    act = Event.objects.exclude(pk=quint.complaint.pk).get()
    assert (response.status_code, response.url) == (302, case)
    assert (act.category, act.kind, act.motion, act.on, act.precision, act.occurrence) == (
        "filing", "motion", "dismiss", date(2024, 2, 1), "month", "held",
    )  # fmt: skip
    assert (act.title, act.actor, act.editorial_state) == (
        "Motion to dismiss filed",
        quint.defendant.person,
        "published",
    )
    cited = act.citations.get()
    source = cited.source
    assert (cited.quote, source.url, source.kind, source.publisher, source.title, source.published_on) == (
        "drop the case", REUTERS, *list(NEW.values())[1:4], date(2024, 2, 1),
    )  # fmt: skip
    # The same address, pasted another way, is the same source.
    send(
        desk, url, what="response:dismiss", on="2024-03-01", **{"source-source": REUTERS.replace("https", "http")[:-1]}
    )
    assert list(Citation.objects.filter(event__kind="response").values_list("source", flat=True)) == [source.pk]
    # And so is one that is chosen among those the case cites.
    label = next(iter(desk.get(url).context["sourcing"].offered))
    send(desk, url, what="plea_agreement", on="2024-04-01", **{"source-source": label})
    assert Event.objects.get(kind="plea_agreement").citations.get().source == source


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(desk: Client, quint: Docket) -> None:
    url = at(quint.case, "hearing")
    typed = {
        "what": "motion_hearing:dismiss",
        "on": "07/12/2024",
        "title": "A hearing",
        "text": "In open court.",
        "actor": "Nobody At All",
        "source-source": "the paper",
        "source-quote": "“so be it”",
        "source-locator": "p. 3",
    }
    response = send(desk, url, **typed, _publish="1")
    assert sorted(wrong(response)) == ["actor", "occurrence", "on", "source-source"]
    assert wrong(response)["source-source"] == [NOT_ONE_OF_THEM]
    kept = {f.html_name: f.value() for part in ("form", "sourcing") for f in response.context[part]}
    assert {name: kept[name] for name in typed} == typed
    page = response.content.decode()
    assert (page.count('aria-invalid="true"'), "In open court." in page) == (4, True)
    # A day to come is refused by the verb, and stands beside its field as well.
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    sent = typed | {"on": tomorrow, "actor": "", "occurrence": "held", "source-source": ""}
    response = send(desk, url, **sent)
    assert sorted(wrong(response)) == ["source-source"]
    response = send(desk, url, **sent | {"source-quote": "", "source-locator": ""})
    assert list(wrong(response)) == ["on"]
    # Publishing needs a source; a draft does not.
    sent |= {"occurrence": "scheduled", "source-quote": "", "source-locator": ""}
    assert wrong(send(desk, url, **sent, _publish="1")) == {"source-source": [NEEDED]}
    assert Event.objects.count() == 1
    assert send(desk, url, **sent).status_code == 302
    assert Event.objects.get(category="hearing").occurrence == "scheduled"


def test_what_an_address_tells_is_looked_at_before_it_is_kept(desk: Client, quint: Docket) -> None:
    url = at(quint.case, "statement")
    typed = {"what": "denial", "on": "2024-02-01", "actor": "Zoë Quint", "source-source": REUTERS}
    response = send(desk, url, **typed)
    told = {"source-kind": [LOOK_AT_IT], "source-publisher": [LOOK_AT_IT], "source-published_on": [LOOK_AT_IT]}
    assert wrong(response) == told | {"source-title": [LOOK_AT_IT]}
    filled = {f.html_name: f.value() for f in response.context["sourcing"] if f.value()}
    assert filled == {
        "source-source": REUTERS,
        "source-kind": "news_agency",
        "source-publisher": "Reuters",
        "source-title": "Zoe quint asks court to drop arson case",
        "source-published_on": "2024-02-01",
        "source-stance": "supports",
        "source-guessed": REUTERS,
    }
    assert desk.post(url, fresh(desk, url) | typed | filled).status_code == 302
    assert (Event.objects.get(kind="denial").title, Source.objects.get(url=REUTERS).publisher) == (
        "Statement by Zoë Quint",
        "Reuters",
    )
    answer = desk.get(reverse("admin:source_guess"), {"address": REUTERS}).json()
    assert (answer["publisher"], answer["known"]) == ("Reuters", "Reuters: Zoe quint asks court to drop arson case")
    assert desk.get(reverse("admin:source_guess"), {"address": "\0 https://["}).json()["address"] == ""


def test_charges_say_who_was_charged_with_what(desk: Client, quint: Docket, editor: User, report: Source) -> None:
    other = editing.save(Person(slug="abe-quint", name="Abe Quint"), by=editor)
    second = editing.save(Defendant(case=quint.case, person=other), by=editor)
    url = at(quint.case, "charges")
    label = next(iter(desk.get(url).context["sourcing"].offered))
    typed = {"what": "indictment", "on": "2024-03-01", "source-source": label}
    assert wrong(send(desk, url, **typed)) == {"charges": ["Enter at least one charge: who is charged with what."]}
    rows = {"charges-0-defendant": quint.defendant.pk, "charges-0-title": "Perjury", "charges-0-count": "x"}
    rows |= {"charges-1-count": "2"}
    assert wrong(send(desk, url, **typed, **rows)) == {
        "charges-0-count": ["Enter a whole number."],
        "charges-1-title": ["Enter what the charge is called."],
        "charges-1-defendant": ["Choose who is charged."],
    }
    rows |= {"charges-0-count": "1", "charges-0-statute": "§ 12", "charges-1-defendant": second.pk}
    rows |= {"charges-1-title": "Perjury", "defendants": [quint.defendant.pk, second.pk]}
    assert send(desk, url, **typed, **rows, _publish="1").status_code == 302
    act = Event.objects.get(kind="indictment")
    brought = act.creates.order_by("count").values_list("defendant", "count", "title", "statute", "instrument")
    assert list(brought) == [
        (quint.defendant.pk, 1, "Perjury", "§ 12", "indictment"),
        (second.pk, 2, "Perjury", "", "indictment"),
    ]
    assert (act.editorial_state, set(act.defendants.all())) == ("published", {quint.defendant, second})
    # What a verb refuses of a charge stands in its row, and nothing of the act is kept.
    twice = rows | {"charges-1-defendant": quint.defendant.pk, "charges-1-count": "1"}
    response = send(desk, url, **typed | {"what": "information"}, **twice)
    assert wrong(response) == {
        "charges-1-count": ["This document already has a count with that number against this defendant."]
    }
    assert Charge.objects.count() == 3
    # An act of the appeal may concern whom the case that it is an appeal of accuses; nobody is charged in it.
    new = Case(slug="appeal", caption="The appeal", court=quint.case.court, kind="appellate")
    appeal = editing.save(new, by=editor)
    editing.save(CaseRelation(case=appeal, kind="appeal_of", target=quint.case), by=editor)
    heard = at(appeal, "hearing")
    assert [label for _, label in desk.get(heard).context["form"].fields["defendants"].choices] == [
        "Zoë Quint",
        "Abe Quint",
    ]
    assert wrong(send(desk, at(appeal, "charges"), **typed))["charges"] == [NO_DEFENDANT]
    typed = {"what": "appeal_argument", "on": "2024-05-01", "occurrence": "held", "defendants": [second.pk]}
    assert send(desk, heard, **typed).status_code == 302
    assert list(appeal.events.get().defendants.all()) == [second]


def test_a_superseding_indictment_takes_the_place_of_the_charges_there_are(
    desk: Client, quint: Docket, editor: User, report: Source, said: None
) -> None:
    """Open charges stand there to be kept, worded anew or left out; some are added, an ended one comes again."""
    with editing.sitting():
        charge = {"defendant": quint.defendant, "created_by": quint.complaint}
        extra = editing.save(Charge(**charge, title="Use of an accelerant", enhances=quint.charge), by=editor)
        theft = editing.save(Charge(**charge, title="Theft", count=2, severity="felony"), by=editor)
        fraud = editing.save(Charge(**charge, title="Fraud", count=3), by=editor)
        dropped = act(quint.case, "Dropped", "filing notice_of_dismissal", date(2024, 2, 1), report, editor)
        term = Disposition.objects.create(
            slug="nolle_prosequi", cls="non_conviction", label="Dropped", sentence="Dropped."
        )
        editing.save(Outcome(event=dropped, charge=fraud, disposition=term), by=editor)
        editing.publish(dropped, by=editor)
    url = at(quint.case, "new-charges")
    assert f'href="{url}"' in desk.get(at(quint.case, "charges")).content.decode()
    rows = {name: value for name, value in fresh(desk, url).items() if name.startswith("charges-")}
    shown = [rows.get(f"charges-{number}-title") for number in range(4)]
    assert (shown, rows["charges-TOTAL_FORMS"]) == (["Arson", "Theft", "Use of an accelerant", None], 4)

    typed = {"what": "indictment:superseding_indictment", "on": "2024-03-01", "source-source": str(report)}
    arson, accelerant = "charges-0", "charges-2"
    typed |= {
        "charges-1-count": "1",
        f"{arson}-becomes": "out",
        "charges-3-replaces": fraud.pk,
        "charges-3-title": "Fraud",
    }
    assert wrong(send(desk, url, **typed)) == {f"{accelerant}-replaces": [LEFT_BEHIND.format("Arson")]}
    del typed[f"{arson}-becomes"]
    typed |= {f"{arson}-title": "Arson of a dwelling", "charges-4-title": "Perjury", "charges-TOTAL_FORMS": "5"}
    typed |= {"charges-4-defendant": quint.defendant.pk}
    assert send(desk, url, **typed, _publish="1").status_code == 302
    new = Event.objects.get(kind="indictment")
    columns = ("count", "title", "replaces", "replaces_how", "severity", "enhances__title", "instrument")
    how, kind = "superseded", "superseding_indictment"
    assert sorted(new.creates.values_list(*columns), key=lambda row: row[1]) == [
        (None, "Arson of a dwelling", quint.charge.pk, how, "unknown", None, kind),
        (None, "Fraud", fraud.pk, "refiled", "unknown", None, kind),
        (None, "Perjury", None, "", "unknown", None, kind),
        (1, "Theft", theft.pk, how, "felony", None, kind),
        (None, "Use of an accelerant", extra.pk, how, "unknown", "Arson of a dwelling", kind),
    ]
    assert new.title == "Superseding indictment filed"
    told = {row.title: row.derived_term for row in Charge.objects.filter(created_by=quint.complaint)}
    assert (told["Arson"], told["Theft"], told["Fraud"]) == ("superseded", "superseded", "nolle_prosequi")


def test_new_charges_that_are_sent_again_otherwise_or_came_too_late_are_not_passed_over(
    desk: Client, quint: Docket, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = at(quint.case, "new-charges")
    typed = fresh(desk, url) | {"what": "indictment:superseding_indictment", "on": "2024-03-01"}
    late = fresh(desk, url) | {"what": "indictment:superseding_indictment", "on": "2024-03-02"}
    assert [desk.post(url, typed).status_code for _ in range(2)] == [302, 302]
    for changed in ({"charges-0-title": "Arson of a dwelling"}, {"source-quote": "so be it", **NEW}):
        assert wrong(desk.post(url, typed | changed)) == {"": [ANOTHER.format("Superseding indictment filed")]}
    # Somebody entered the same document meanwhile: its charges are no earlier ones that are brought again.
    assert wrong(desk.post(url, late)) == {"charges-0-replaces": [REPLACED.format("Arson")]}
    assert Charge.objects.count() == 2
    assert desk.post(url, late | {"how": "amended"}).status_code == 302
    monkeypatch.setattr("desk.short.following.MOST_CHARGES", 1)
    assert NOT_ALL.format(2, 1) in desk.get(url).content.decode()


def test_without_the_script_there_is_room_for_more_charges(desk: Client, quint: Docket) -> None:
    url = at(quint.case, "charges")
    typed = fresh(desk, url) | {"what": "indictment", "charges-1-title": "Fraud", "on": "the first of May"}
    more = desk.post(url, typed | {"_more_charges": "1"})
    assert 'name="_more_charges"' in more.content.decode()
    kept = [form["title"].value() for form in more.context["charges"].forms]
    assert (wrong(more), kept, more.context["form"]["on"].value()) == (
        {}, [None, "Fraud", None, None, None], "the first of May",
    )  # fmt: skip
    for odd in ("x", "", "-1", "9" * 30):
        assert desk.post(url, typed | {"_more_charges": "1", "charges-TOTAL_FORMS": odd}).status_code == 200
    assert Event.objects.count() == 1


def test_what_few_acts_need_stands_behind_more(desk: Client, quint: Docket, editor: User) -> None:
    """A hearing of a case with two defendants asks for five fields; whom custody concerns is asked."""
    abe = editing.save(Person(slug="abe-quint", name="Abe Quint"), by=editor)
    second = editing.save(Defendant(case=quint.case, person=abe), by=editor)
    page = desk.get(at(quint.case, "hearing")).content.decode()
    shown = re.sub(r"<details class=\"r-more\"(?: data-new-source)?>.*?</details>", "", page, flags=re.DOTALL)
    asked = re.findall(r"<(?:input type=\"text\"|select|textarea|input type=\"checkbox\") name=\"([\w-]+)\"", shown)
    assert asked == ["what", "occurrence", "on", "actor", "source-source"]
    assert '<details class="r-more" open>' in send(desk, at(quint.case, "hearing"), text="So be it.").content.decode()
    typed = {"what": "detained", "on": "2024-02-01"}
    assert wrong(send(desk, at(quint.case, "custody"), **typed)) == {"defendants": [WHOM]}
    assert send(desk, at(quint.case, "custody"), **typed, defendants=[second.pk]).status_code == 302
    assert list(Event.objects.get(kind="detained").defendants.all()) == [second]
    # A charging document concerns those whom it charges.
    row = {"charges-0-defendant": second.pk, "charges-0-title": "Perjury"}
    assert send(desk, at(quint.case, "charges"), what="complaint", on="2024-02-01", **row).status_code == 302
    assert list(Event.objects.latest("pk").defendants.all()) == [second]


def test_a_source_is_found_by_words_and_one_without_an_address_by_its_title(
    desk: Client, quint: Docket, report: Source
) -> None:
    url = at(quint.case, "statement")
    typed = {"what": "denial", "on": "2024-02-01"}
    taken = send(desk, url, **typed, **{"source-source": "DOCKET décided"})
    assert wrong(taken) == {"source-source": [TAKEN_FOR]}
    assert taken.context["sourcing"]["source"].value() == str(report)
    Source.objects.create(kind="news_report", publisher="The Daily Docket", title="What was decided again")
    several = send(desk, url, **typed, **{"source-source": "daily docket"})
    assert "Several sources have these words" in wrong(several)["source-source"][0]
    where = {"case": quint.case.pk}
    assert desk.get(reverse("admin:source_guess"), where | {"address": "decided again"}).json()["label"] == (
        "The Daily Docket: What was decided again"
    )
    assert desk.get(reverse("admin:source_guess"), where | {"address": "daily"}).json()["label"] == ""
    paper = {"source-kind": "court_record", "source-title": "Order of 1 February"}
    assert [send(desk, url, **typed | {"what": what}, **paper).status_code for what in ("denial", "apology")] == [
        302,
        302,
    ]
    assert Source.objects.get(title="Order of 1 February").citations.count() == 2


def test_a_form_sent_twice_makes_one_act(desk: Client, quint: Docket) -> None:
    url = at(quint.case, "incident")
    typed = fresh(desk, url) | {"what": "arrest", "on": "2024-01-09"}
    assert [desk.post(url, typed).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(kind="arrest").count() == 1
    further = desk.post(url, typed | {"on": "2024-01-10"})
    assert wrong(further) == {"": [ANOTHER.format("Arrest")]}
    again = {f.html_name: f.value() for f in further.context["form"] if f.value()}
    assert desk.post(url, again).status_code == 302
    assert list(Event.objects.filter(kind="arrest").order_by("on").values_list("on", flat=True)) == [
        date(2024, 1, 9),
        date(2024, 1, 10),
    ]


def test_what_the_guard_advises_against_asks_for_a_reason_and_keeps_the_rest(desk: Client, quint: Docket) -> None:
    url = at(quint.case, "statement")
    label = next(iter(desk.get(url).context["sourcing"].offered))
    typed = {"what": "reaction", "on": "2024-02-01", "title": "A witness on the arsonist", "source-source": label}
    response = send(desk, url, **typed, _publish="1")
    assert response.status_code == 200
    assert list(wrong(response)) == ["title", ""]  # beside the headline what is amiss with it; above, the question
    assert wrong(response)["title"][0].startswith("The headline says “arsonist”.")
    assert [words[:36] for words in wrong(response)[""]] == ["To publish it all the same, say why "]
    page = response.content.decode()
    assert ('name="despite"' in page, 'value="A witness on the arsonist"' in page) == (True, True)
    assert (Event.objects.count(), 'name="despite"' in desk.get(url).content.decode()) == (1, False)
    assert send(desk, url, **typed, despite="It is the witness's own word.", _publish="1").status_code == 302
    act = Event.objects.get(kind="reaction")
    assert (act.editorial_state, act.published_despite) == ("published", "It is the witness's own word.")


@pytest.mark.slow
def test_every_form_takes_odd_values_without_failing(desk: Client, quint: Docket, editor: User) -> None:
    matter = editing.save(Matter(slug="fire", title="The fire"), by=editor)
    for home in (quint.case, matter):
        for slug, short in FORMS.items():
            there = isinstance(home, Case) or short.in_matter
            assert desk.get(at(home, slug)).status_code == (200 if there else 404)
            if there:
                shown = fresh(desk, at(home, slug))
                for odd in ("\0", "9" * 400):
                    assert desk.post(at(home, slug), dict.fromkeys(shown, odd)).status_code == 200
                assert desk.post(at(home, slug), {}).status_code == 200
    assert desk.get(at(quint.case, "sentence")).status_code == 404
    assert send(desk, at(matter, "incident"), what="search", on="2024").url == reverse(
        "admin:cases_matter_change", args=[matter.pk]
    )
    assert (Event.objects.filter(matter=matter).count(), Event.objects.filter(case=quint.case).count()) == (1, 1)


def test_who_may_not_enter_acts_is_refused(quint: Docket) -> None:
    reader = Client()
    reader.force_login(User.objects.create_user("reader", is_staff=True))
    assert reader.get(at(quint.case, "hearing")).status_code == 403
    assert reader.get(reverse("admin:source_guess"), {"address": REUTERS}).status_code == 403
