"""An editor who would publish alone, and a contributor who would show what is hidden: by every way around."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.editing import hearings
from cases.law.dates import PartialDate
from cases.models import Case, Charge, Citation, Correction, Defendant, Event, SecondLook, Source
from desk.marks import mark_of
from desk.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, make_groups
from people.models import Person
from tests.cases.editing.told import refusal
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
SENTENCE = "The page said something else of this, which was wrong."


@pytest.fixture
def staff(db: None) -> dict[str, User]:
    groups = make_groups()
    made = {}
    roles = (("eve", EDITORS), ("fay", EDITORS), ("gil", EDITORS), ("con", CONTRIBUTORS), ("bea", ADMINISTRATORS))
    for name, role in roles:
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(groups[role])
    return made


def names(ids: list[int]) -> set[str]:
    return set(User.objects.filter(pk__in=ids).values_list("username", flat=True))


def test_a_hearing_that_is_put_off_says_the_words_of_who_wrote_it(
    quint: Docket, report: Source, staff: dict[str, User]
) -> None:
    eve, fay, *_ = staff.values()
    day, later = date(2030, 2, 1), date(2030, 3, 1)
    heard = act(quint.case, "Eve's own words", "hearing preliminary", day, report, eve, occurrence="scheduled")
    again = hearings.continue_to(heard, when=PartialDate(later), by=fay)
    assert again is not None
    assert names(Event.objects.get(pk=again.pk).writers) == {"eve", "fay"}
    editing.save(Citation(event=again, source=report), by=fay)
    assert refusal(editing.publish, again, by=eve)[0].startswith("“1 March 2030: Eve's own words” has words of yours")


def test_who_publishes_a_case_has_not_seen_persons_whom_nothing_shows_yet(
    quint: Docket, report: Source, staff: dict[str, User]
) -> None:
    eve, fay, gil, _, bea = staff.values()
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=bea)
        editing.withdraw(quint.case, by=bea)
    poe = editing.save(Person(slug="poe", name="Ann Poe", described_as="as Eve says"), by=eve)
    who = editing.save(Defendant(case=quint.case, person=poe), by=gil)
    editing.publish(quint.case, by=fay)
    assert SecondLook.objects.filter(noun=SecondLook.PERSON, row_id=poe.pk).exists(), "no page showed her yet"
    charged = act(quint.case, "Ann Poe charged", "filing complaint", date(2024, 3, 1), report, gil)
    editing.save(Charge(defendant=who, created_by=charged, title="Theft"), by=gil)
    editing.publish(charged, by=eve)
    assert list(editing.waiting_looks().values_list("row_id", flat=True)) == [poe.pk]
    assert refusal(editing.confirm_words, poe, by=eve)[0].startswith("“Ann Poe” has words of yours")


def test_words_of_a_person_that_change_behind_the_button_are_not_published_with_it(
    quint: Docket, report: Source, staff: dict[str, User]
) -> None:
    eve, fay, gil, *_ = staff.values()
    poe = editing.save(Person(slug="poe", name="Ann Poe"), by=gil)
    who = editing.save(Defendant(case=quint.case, person=poe), by=gil)
    charged = act(quint.case, "Ann Poe charged", "filing complaint", date(2024, 3, 1), report, gil)
    editing.save(Charge(defendant=who, created_by=charged, title="Theft"), by=gil)
    new = editing.save(Source(kind="court_record", title="A docket"), by=gil)
    editing.save(Citation(event=charged, source=new), by=gil)
    shown = mark_of(Event.objects.get(pk=charged.pk))
    poe.described_as = "as Eve says"
    editing.save(poe, by=eve)
    described = mark_of(Event.objects.get(pk=charged.pk))
    new.title = "A docket, as Eve calls it"
    editing.save(new, by=eve)
    assert len({shown, described, mark_of(Event.objects.get(pk=charged.pk))}) == 3, "fay is asked to look again"
    assert names(Event.objects.get(pk=charged.pk).writers) == {"gil"}
    editing.publish(charged, by=fay)
    assert not SecondLook.objects.filter(row_id__in=[poe.pk, new.pk]).exists()


def test_a_merge_that_is_undone_brings_back_words_that_nobody_looked_at(quint: Docket, staff: dict[str, User]) -> None:
    eve, fay, gil, *_ = staff.values()
    poe = editing.save(Person(slug="poe", name="Ann Poe", described_as="as Eve says"), by=eve)
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=fay)
        done = editing.merge_people(keep=quint.defendant.person, absorb=poe, by=fay)
    editing.confirm_words(quint.defendant.person, by=gil)
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=fay)
        again = editing.unmerge_people(done, by=fay)
    look = SecondLook.objects.get(noun=SecondLook.PERSON, row_id=again.pk)
    assert names(look.writers) == {"eve", "fay"}


def test_a_correction_that_is_reworded_and_the_basis_of_a_seal_wait_to_be_seen(
    quint: Docket, staff: dict[str, User]
) -> None:
    eve, fay, *_ = staff.values()
    quint.complaint.text = "Filed."
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=eve)
        editing.save(quint.complaint, by=eve)
    editing.confirm(quint.complaint, by=fay)
    editing.reword(Correction.objects.get(), kind="error", sentence="What eve would have readers read.", by=eve)
    stored = Event.objects.get()
    assert (stored.unseen, names(stored.writers)) == ("words", {"eve"})
    assert refusal(editing.confirm, stored, by=eve)[0].endswith("submit it for review.")
    editing.seal_defendant(quint.defendant, basis="What eve would have readers read.", on=date(2024, 3, 1), by=eve)
    case = Case.objects.get()
    assert (case.unseen, names(case.writers)) == ("effect", {"eve"})


def test_what_one_editor_takes_away_waits_to_be_seen_where_it_is_missing(
    quint: Docket, report: Source, staff: dict[str, User]
) -> None:
    eve, fay, *_, bea = staff.values()
    heard = act(quint.case, "Heard", "hearing preliminary", date(2024, 2, 1), report, eve)
    editing.publish(heard, by=fay)
    with editing.sitting():
        editing.correct(kind="error", sentence="What eve would have readers read.", by=eve)
        editing.withdraw(heard, by=eve)
    case = Case.objects.get()
    assert (case.unseen, names(case.writers)) == ("effect", {"eve"})
    assert refusal(editing.confirm, case, by=eve)[0].endswith("submit it for review.")
    editing.confirm(case, by=fay)
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=eve)
        editing.withdraw(quint.case, by=eve)
        editing.withdraw(quint.complaint, by=eve)
    assert (Case.objects.get().unseen, bea.has_perm(editing.PUBLISH_OWN)) == ("", True)


def test_a_contributor_shows_nobody_again_by_removing_what_hides_them(
    quint: Docket, report: Source, staff: dict[str, User]
) -> None:
    eve, con = staff["eve"], staff["con"]
    other = editing.save(Case(slug="draft", caption="In re Poe", court=quint.case.court), by=con)
    poe = editing.save(Person(slug="poe", name="Ann Poe"), by=con)
    who = editing.save(Defendant(case=other, person=poe), by=con)
    editing.seal_defendant(who, basis="By order", on=date(2024, 3, 1), by=eve)
    told = "Only an editor may show a name, or a record, that is withheld. Tell one why it should be shown."
    assert refusal(editing.remove, who, by=con) == [told]
    assert refusal(editing.remove, other, by=con) == [told], "the case goes with all that is in it"
    with pytest.raises(ValidationError, match="hidden"):
        editing.unenter({Defendant: [who.pk]}, by=eve)
    poe.visibility = "name_withheld"
    editing.save(poe, by=eve)
    extra = editing.save(Person(slug="ruth-roe", name="Ruth Roe", visibility="name_withheld"), by=eve)
    assert refusal(editing.remove, extra, by=con) == [told]
    client = Client()
    client.force_login(con)
    page = client.post(reverse("admin:cases_defendant_delete", args=[who.pk]), {"post": "yes"})
    assert (page.status_code, Defendant.objects.filter(pk=who.pk).exists()) in ((302, True), (403, True), (200, True))
