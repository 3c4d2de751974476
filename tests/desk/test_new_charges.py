"""New charges: what the form foretold is what readers then read; several earlier charges become one; and its limits."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import editing
from cases.dossier import load_case
from cases.models import Case, Charge, Defendant, Disposition, Event, Outcome, Source
from desk.ruling.foresight import CaseChange, Foresight
from desk.ruling.guarding import NOT_PUBLIC
from desk.short.charges import SAME_COUNT
from desk.short.following import ENDED, NO_TARGET, NOT_EARLIER, OF_ANOTHER, TWICE
from desk.short.writing import ANOTHER
from people.models import Person
from tests.desk.record import Docket, act
from tests.desk.test_short_forms import fresh, wrong

pytestmark = pytest.mark.django_db
DROPPED = {
    "slug": "dismissed_without_prejudice",
    "cls": "non_conviction",
    "label": "Dismissed",
    "sentence": "It ended.",
}
MERGED = {"slug": "merged", "cls": "replaced", "label": "Merged", "sentence": "The charge became part of another one."}


def url_of(case: Case, *, look: bool = False) -> str:
    name = "admin:case_enter_preview" if look else "admin:case_enter"
    return reverse(name, args=[case.pk, "new-charges"])


def told(slug: str) -> dict[str, str]:
    """What readers read of where the charges and the people of a public case stand now, and the case."""
    record = load_case(slug)
    assert record is not None
    answer = record.answer(timezone.localdate())
    found = {"case": answer.wording}
    for them in answer.defendants:
        found[them.defendant.name] = them.wording
        for one in them.charges:
            count = f"Count {one.charge.count}: " if one.charge.count else ""
            name = f"{count}{one.charge.title} #{one.charge.created_by if int(one.charge.created_by) > 0 else 'new'}"
            found[name] = one.wording
    return found


def words(change: CaseChange) -> set[str]:
    return {one.after for one in (*change.people, *change.charges) if not one.is_same} | {change.whole.after}


@pytest.fixture
def counts(quint: Docket, editor: User, said: None) -> dict[str, Charge]:
    """Three more counts of the complaint, one of them with an enhancement."""
    Disposition.objects.create(**MERGED)
    with editing.sitting():
        brought = {"defendant": quint.defendant, "created_by": quint.complaint}
        found = {
            name: editing.save(Charge(**brought, title=name.capitalize(), count=count), by=editor)
            for count, name in enumerate(("forgery", "fraud", "theft"), start=2)
        }
        armed = Charge(**brought, title="Armed theft", enhances=found["theft"])
        found |= {"arson": quint.charge, "armed": editing.save(armed, by=editor)}
    return found


def test_several_charges_become_one_and_readers_read_what_was_foretold(
    desk: Client, quint: Docket, counts: dict[str, Charge], editor: User, report: Source, said: None
) -> None:
    abe = editing.save(Person(slug="abe-quint", name="Abe Quint"), by=editor)
    second = editing.save(Defendant(case=quint.case, person=abe), by=editor)
    url = url_of(quint.case)
    typed = fresh(desk, url) | {"what": "indictment:superseding_indictment", "on": "2024-03-02"}
    rows = {typed[f"charges-{n}-replaces"]: f"charges-{n}" for n in range(5)}
    arson, forgery, fraud, theft = (rows[counts[name].pk] for name in ("arson", "forgery", "fraud", "theft"))
    typed |= {
        f"{forgery}-title": "A scheme to defraud", f"{forgery}-count": "1", f"{arson}-becomes": "out",
        f"{fraud}-becomes": f"into-{counts['forgery'].pk}", f"{theft}-becomes": f"into-{counts['forgery'].pk}",
        "charges-5-title": "Perjury", "charges-5-defendant": second.pk, "source-source": str(report),
    }  # fmt: skip
    before = told(quint.case.slug)
    look: Any = desk.post(url_of(quint.case, look=True), typed).context["foreseen"]
    plain = desk.post(url, typed | {"_preview": "1"})
    assert (look.amiss, look.guard, wrong(plain)) == ([], [], {})
    assert plain.content.decode().count("it goes on as count 1 (A scheme to defraud)") == 3
    assert Event.objects.count() == 1
    assert [row["becomes"].value() for row in plain.context["charges"].forms[:2]] == ["out", None]
    (foretold,) = look.foresight.public

    assert desk.post(url, typed | {"_publish": "1"}).status_code == 302
    after = told(quint.case.slug)
    assert words(foretold) == {text for name, text in after.items() if before.get(name) != text} | {after["case"]}
    new = Event.objects.get(kind="indictment")
    merged = [(row.charge.title, row.disposition.slug, str(row.merged_into)) for row in new.outcomes.order_by("pk")]
    scheme = "Count 1: A scheme to defraud"
    assert merged == [("Fraud", "merged", scheme), ("Theft", "merged", scheme)]
    follows = new.creates.order_by("title").values_list("title", "replaces", "replaces_how", "enhances__title")
    assert list(follows) == [
        ("A scheme to defraud", counts["forgery"].pk, "merged", None),
        ("Armed theft", counts["armed"].pk, "superseded", "A scheme to defraud"),
        ("Perjury", None, "", None),
    ]
    merged_words = "Merged with another charge on 2 March 2024; it goes on as count 1 (A scheme to defraud)."
    assert [text for name, text in after.items() if name.startswith(("Count 3: Fraud", "Count 4: Theft"))] == [
        merged_words, merged_words,
    ]  # fmt: skip
    assert merged_words in desk.get(quint.case.get_absolute_url()).content.decode()
    # Sent twice it is entered once; with another merger it is asked about.
    assert desk.post(url, typed).status_code == 302
    again = desk.post(url, typed | {f"{theft}-becomes": "out", f"{rows[counts['armed'].pk]}-becomes": "out"})
    assert wrong(again) == {"": [ANOTHER.format("Superseding indictment filed")]}
    assert Event.objects.count() == 2


def test_what_can_not_be_merged_is_refused_beside_its_row(
    desk: Client, quint: Docket, counts: dict[str, Charge], editor: User, report: Source, said: None
) -> None:
    with editing.sitting():
        dropped = act(quint.case, "Dropped", "ruling dismiss granted", date(2024, 2, 1), report, editor)
        term = Disposition.objects.create(**DROPPED)
        editing.save(Outcome(event=dropped, charge=quint.charge, disposition=term), by=editor)
        abe = editing.save(Person(slug="abe-quint", name="Abe Quint"), by=editor)
        second = editing.save(Defendant(case=quint.case, person=abe), by=editor)
        other = editing.save(Charge(defendant=second, created_by=quint.complaint, title="Perjury"), by=editor)
    url = url_of(quint.case)
    typed = fresh(desk, url) | {"what": "amended_charge:complaint", "on": "2024-03-02"}
    rows = {typed[f"charges-{n}-replaces"]: f"charges-{n}" for n in range(5)}
    at = {name: f"{rows[counts[name].pk]}-becomes" for name in ("forgery", "fraud", "theft")}
    into = {name: f"into-{row.pk}" for name, row in {**counts, "other": other}.items()}
    last = {"charges-5-defendant": quint.defendant.pk, "charges-5-title": "x"}
    refusals = [
        ({at["fraud"]: into["forgery"], at["forgery"]: "out"}, at["fraud"], NO_TARGET.format(counts["forgery"])),
        ({at["fraud"]: into["fraud"]}, at["fraud"], NO_TARGET.format(counts["fraud"])),
        ({at["fraud"]: into["other"]}, at["fraud"], OF_ANOTHER.format("Perjury")),
        ({at["fraud"]: into["theft"], **last, "charges-5-replaces": counts["fraud"].pk}, at["fraud"],
         TWICE.format(counts["fraud"])),
        ({**last, "charges-5-becomes": into["theft"]}, "charges-5-becomes", NOT_EARLIER),
        ({**last, "charges-5-becomes": into["theft"], "charges-5-replaces": quint.charge.pk}, "charges-5-becomes",
         ENDED.format("Arson")),
        ({at["fraud"]: "into-x"}, at["fraud"], "Choose one of the list."),
    ]  # fmt: skip
    for changed, place, sentence in refusals:
        assert wrong(desk.post(url, typed | changed)) == {place: [sentence]}
        look = desk.post(url_of(quint.case, look=True), typed | changed).context["foreseen"]
        assert (look.foresight, any(sentence in one for one in look.amiss)) == (None, True)
    # A charge that had ended, and is brought again.
    kept = dict.fromkeys(at.values(), "out") | {f"{rows[one.pk]}-becomes": "out" for one in (counts["armed"], other)}
    again = typed | kept | last | {"charges-5-replaces": quint.charge.pk, "charges-5-title": "Arson"}
    (foretold,) = desk.post(url_of(quint.case, look=True), again).context["foreseen"].foresight.entered
    assert [one.after for one in foretold.charges] == ["Charged on 2 March 2024; not decided."]


def test_what_is_brought_again_in_another_case_is_foretold_of_both(
    desk: Client, quint: Docket, court: Any, editor: User, report: Source, said: None
) -> None:
    with editing.sitting():
        dropped = act(quint.case, "Dropped", "ruling dismiss granted", date(2024, 2, 1), report, editor)
        term = Disposition.objects.create(**DROPPED)
        ended = Outcome(event=dropped, charge=quint.charge, disposition=term, prejudice="without")
        editing.save(ended, by=editor)
        editing.publish(dropped, by=editor)
        case = editing.save(Case(slug="second", caption="State v. Quint (second)", court=court), by=editor)
        editing.save(Defendant(case=case, person=quint.defendant.person), by=editor)
    typed = fresh(desk, url_of(case)) | {"what": "indictment", "on": "2024-05", "source-source": str(report)}
    typed |= {"charges-0-replaces": quint.charge.pk, "charges-0-title": "Arson"}

    def foresight() -> Foresight:
        found: Foresight = desk.post(url_of(case, look=True), typed).context["foreseen"].foresight
        return found

    # The new case is not public, so readers of the first are told nothing, and editors what would be told.
    assert [change.charges for change in foresight().public] == []
    home, first = foresight().entered
    assert (home.is_home, [one.after for one in home.charges]) == (True, ["Charged in May 2024; not decided."])
    refiled = "Dismissed without prejudice on 1 February 2024; refiled in May 2024 in State v. Quint (second)."
    refiled += " Not yet final: it can still be appealed or reviewed."
    assert [one.after for one in first.charges] == [refiled]
    assert desk.post(url_of(case), typed | {"_publish": "1"}).status_code == 302
    assert load_case(quint.case.slug).answer(timezone.localdate()).charge(quint.charge.pk).wording != refiled
    editing.publish(case, by=editor)
    assert load_case(quint.case.slug).answer(timezone.localdate()).charge(quint.charge.pk).wording == refiled


def test_who_may_not_enter_is_foretold_nothing(desk: Client, quint: Docket) -> None:
    look = url_of(quint.case, look=True)
    assert desk.get(look).status_code == 404
    assert desk.post(look.replace("new-charges", "hearing")).status_code == 404
    assert desk.post(look, {}).context["foreseen"].foresight is None
    reader = User.objects.create_user("reader", is_staff=True)
    desk.force_login(reader)
    assert desk.post(look, {}).status_code == 403


def test_a_verdict_on_charges_that_are_not_public_yet_blames_nothing_else(
    desk: Client, quint: Docket, editor: User, report: Source, terms: dict[str, Disposition]
) -> None:
    """The one thing amiss is that the document is a draft; and what it took the place of stands last."""
    again = act(quint.case, "Superseding indictment", "filing indictment", date(2024, 3, 2), report, editor)
    follows = {"replaces": quint.charge, "replaces_how": "superseded"}
    robbery = editing.save(Charge(defendant=quint.defendant, created_by=again, title="Robbery", **follows), by=editor)
    sent = {
        "case": quint.case.pk, "what": "verdict", "on": "2024-06-01", "source-0-source": str(report),
        f"outcome-{robbery.pk}": "convicted_jury",
    }  # fmt: skip
    foreseen = desk.post(reverse("admin:ruling_preview"), sent).context["foreseen"]
    assert [line.words for line in foreseen.guard] == [NOT_PUBLIC.format(again.title)]
    assert foreseen.drafts[0].event.title == "Verdict: guilty of robbery"
    assert [row.charge.title for row in foreseen.rows.rows] == ["Robbery", "Arson"]


def test_a_number_that_is_there_twice_is_foretold_as_it_is_refused(
    desk: Client, quint: Docket, counts: dict[str, Charge]
) -> None:
    typed = fresh(desk, url_of(quint.case)) | {"what": "amended_charge:complaint", "on": "2024-03-02"}
    rows = {typed[f"charges-{n}-replaces"]: f"charges-{n}" for n in range(5)}
    typed |= {f"{rows[counts['theft'].pk]}-count": "2"}
    for slug, number in (("new-charges", rows[counts["theft"].pk]), ("charges", "charges-1")):
        url = reverse("admin:case_enter", args=[quint.case.pk, slug])
        if slug == "charges":
            typed = fresh(desk, url) | {"what": "complaint", "on": "2024-03-02"}
            typed |= {f"charges-{n}-{name}": value for n in (0, 1) for name, value in (("title", "x"), ("count", "2"))}
        refused = {f"{number}-count": [SAME_COUNT]}
        assert wrong(desk.post(url, typed)) == refused
        look = desk.post(f"{url}preview/", typed).context["foreseen"]
        assert (look.foresight, any(SAME_COUNT in one for one in look.amiss)) == (None, True)
