"""A civil case is entered in the words of a suit: claims, plaintiffs and judgments; nobody is charged there."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Charge, Court, Defendant, Disposition, Event, Participant, Source
from desk.short.civil import told
from people.models import Person
from tests.desk.test_short_forms import at, fresh, wrong

pytestmark = pytest.mark.django_db
CRIMINAL = re.compile(
    r"charge[sd]?\b|accus|prosecut|indict|convict|guilt|plea\b|sentenc(?:ed|ing)|pardon", re.IGNORECASE
)
OF_THE_PAGE = ("Charges", "charges-")  # the desk's menu, and names of fields


def read(page: bytes) -> str:
    """What an editor reads on a page of the desk, without its menu."""
    main = page.decode().split('<div id="content-main">', 1)[1].split('<footer id="footer">', 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_suit_is_entered_and_given_up_without_a_criminal_word(
    desk: Client, court: Court, report: Source, editor: User
) -> None:
    for slug, cls, label in (
        ("withdrawn_claim", "resolved", "Claim withdrawn"),
        ("dismissed_without_prejudice", "non_conviction", "Dismissed without prejudice"),
        ("nolle_prosequi", "non_conviction", "Dropped by the prosecution"),
        ("judgment_for_plaintiff", "resolved", "Judgment for the plaintiff"),
    ):
        Disposition.objects.create(slug=slug, cls=cls, label=label, sentence=f"{label}.")
    with editing.sitting():
        case = editing.save(Case(slug="roe-v-poe", caption="Roe v. Poe", court=court, kind="civil"), by=editor)
        poe = editing.save(Person(slug="lea-poe", name="Lea Poe"), by=editor)
        editing.save(Defendant(case=case, person=poe), by=editor)
    page = desk.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert "“Claims brought” above enters the first" in page
    url = at(case, "charges")
    shown = read(desk.get(url).content)
    assert (CRIMINAL.findall(shown), "Who is sued for what" in shown, "Claims brought" not in shown) == ([], True, True)
    typed = fresh(desk, url) | {"what": "charges_filed", "on": "2024-01-10", "source-source": str(report)}
    assert wrong(desk.post(url, typed))["charges"] == ["Enter at least one claim: who is sued for what."]
    typed |= {"charges-0-title": "Libel"}
    assert desk.post(url, typed | {"_publish": "1"}).status_code == 302
    suit = Event.objects.get()
    assert suit.title == "Claims filed"
    editing.save(Participant(case=case, person=poe, role="plaintiff", shown_by=suit), by=editor)
    editing.publish(case, by=editor)

    changed = read(desk.get(at(case, "new-charges")).content)
    assert (CRIMINAL.findall(changed), "open claims of this case" in changed) == ([], True)
    ruling = reverse("admin:ruling")
    for what in ("", "verdict", "ruling:dismiss&decision=granted", "filing:notice_of_dismissal", "judgment:summary"):
        found = desk.get(f"{ruling}?case={case.pk}&on=2024-03-01&what={what}").content
        offered = re.sub(rb'<optgroup label="More: [^"]*">.*?</optgroup>', b"", found)  # terms that any act may give
        told = read(offered).replace("Failure to prosecute", "")  # as a civil court says it
        assert [told[max(0, one.start() - 60) : one.end()] for one in CRIMINAL.finditer(told)] == [], what
    sent = {
        "case": case.pk, "what": "filing:notice_of_dismissal", "on": "2024-03-01", "source-0-source": str(report),
        f"outcome-{Charge.objects.get().pk}": "dismissed_without_prejudice", "_publish": "1",
    }  # fmt: skip
    assert desk.post(ruling, sent).status_code == 302
    notice = Event.objects.latest("pk")
    assert (notice.title, Charge.objects.get().derived_wording.split(";")[0]) == (
        "Plaintiff files notice of dismissal without prejudice",
        "Dropped by the plaintiff without prejudice on 1 March 2024",
    )
    readers = Client().get(case.get_absolute_url()).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert CRIMINAL.findall(re.sub(r"<[^>]+>", " ", readers)) == []


def test_whoever_is_discharged_is_not_disclaimed() -> None:
    said = [
        told(words, civil=True) for words in ("Discharged from custody", "Charges amended", "New charges", "charge")
    ]
    assert said == ["Discharged from custody", "Claims amended", "Changed claims", "claim"]
