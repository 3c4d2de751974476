"""The page of a case: what it says, why, and as it stood on a day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from cases.models import Case, Charge, Correction, Event, Participant, SentencePart
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def test_says_where_charge_and_case_stand_and_links_the_acts_it_rests_on(client: Client) -> None:
    roe = world.tried()
    page = client.get("/cases/state-v-roe/")
    assert world.badges(page)[:2] == [("pending", "Open"), ("convicted", "Convicted by a jury")]
    assert "Convicted by a jury, not yet sentenced." in world.text(page)
    why = world.html(page).split('<details class="why">')[1].split("</details>")[0]
    assert f'href="#act-{roe.verdict.pk}"' in why
    assert f'id="act-{roe.verdict.pk}"' in world.html(page)
    assert f'id="charge-{roe.charge.pk}"' in world.html(page)


def test_an_acquittal_has_its_own_look_and_never_that_of_a_conviction(client: Client) -> None:
    world.tried(term="acquitted_jury")
    looks = {look for look, _ in world.badges(client.get("/cases/state-v-roe/"))}
    assert "acquitted" in looks
    assert "convicted" not in looks


def test_as_of_shows_the_record_as_it_stood_and_says_so(client: Client) -> None:
    roe = world.tried()
    page = client.get("/cases/state-v-roe/", {"as_of": "2024-02-01"})
    assert "The record as it stood on 1 February 2024." in world.text(page)
    assert 'href="/cases/state-v-roe/">Back to today’s record</a>' in world.html(page)
    assert f'id="act-{roe.verdict.pk}"' not in world.html(page)
    assert ("convicted", "Convicted by a jury") not in world.badges(page)
    assert '<meta name="robots" content="noindex">' in world.html(page)
    assert '<link rel="canonical" href="http://testserver/cases/state-v-roe/">' in world.html(page)


def test_as_of_before_the_first_act_says_that_nothing_was_recorded(client: Client) -> None:
    world.tried()
    page = client.get("/cases/state-v-roe/", {"as_of": "2001-01-01"})
    assert page.status_code == 200
    assert "Nothing had been recorded by 1 January 2001." in world.text(page)
    assert "Theft of a boat" not in world.text(page)


def test_today_asked_for_by_date_is_the_plain_page(client: Client) -> None:
    world.tried()
    page = client.get("/cases/state-v-roe/", {"as_of": localdate().isoformat()})
    assert "The record as it stood" not in world.text(page)


def test_filters_by_kind_and_defendant_and_keeps_what_concerns_everybody(client: Client) -> None:
    roe = world.tried()
    other = record.defendant(roe.case, record.person("Max Poe"), position=2)
    theirs = record.act(roe.case, "2024-03-01", "filing complaint", title="Poe charged")
    record.charge(other, "Sinking a boat", theirs)
    for_all = record.act(roe.case, "2024-04-01", "hearing status_conference", title="Status conference")
    world.derive(roe.case)
    page = client.get("/cases/state-v-roe/", {"defendant": "max-poe"})
    listed = world.html(page).split('id="record-list"')[1].split('id="h-sources"')[0]
    assert [f'id="act-{act.pk}"' in listed for act in (theirs, for_all, roe.complaint)] == [True, True, False]
    page = client.get("/cases/state-v-roe/", {"kind": "hearing"})
    listed = world.html(page).split('id="record-list"')[1].split('id="h-sources"')[0]
    assert [f'id="act-{act.pk}"' in listed for act in (theirs, for_all, roe.complaint)] == [False, True, False]
    assert "1 of 4 acts match the filter." in world.text(page)


def test_htmx_gets_the_list_alone_and_a_history_restore_the_whole_page(client: Client) -> None:
    world.tried()
    part = client.get("/cases/state-v-roe/", {"kind": "verdict", "order": ""}, headers={"HX-Request": "true"})
    assert "<html" not in world.html(part)
    assert part.headers["HX-Push-Url"] == "/cases/state-v-roe/?kind=verdict"
    assert "1 of 2 acts shown." in world.html(part)
    assert "HX-Request" in part.headers["Vary"]
    restored = client.get("/cases/state-v-roe/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in world.html(restored)


def test_order_may_be_turned(client: Client) -> None:
    roe = world.tried()
    newest = world.html(client.get("/cases/state-v-roe/"))
    oldest = world.html(client.get("/cases/state-v-roe/", {"order": "oldest"}))
    first, last = f'id="act-{roe.complaint.pk}"', f'id="act-{roe.verdict.pk}"'
    assert newest.index(last) < newest.index(first)
    assert oldest.index(first) < oldest.index(last)


def test_imprecise_and_undated_acts_are_shown_as_what_they_are(client: Client) -> None:
    roe = world.tried()
    month = record.act(roe.case, "2024-05", "hearing arraignment", title="Arraignment")
    undated = record.act(roe.case, "", "statement denial", title="Roe denies it")
    page = client.get("/cases/state-v-roe/")
    assert world.part(page, f"act-{month.pk}").count("month only") == 1
    apart = world.html(page).split("Acts without a date")[1]
    assert f'id="act-{undated.pk}"' in apart
    assert f'id="act-{month.pk}"' not in apart


@pytest.mark.parametrize(("occurrence", "word"), [("scheduled", "Scheduled"), ("cancelled", "Cancelled")])
def test_an_act_that_was_not_held_says_so_and_decides_nothing(client: Client, occurrence: str, word: str) -> None:
    roe = world.tried()
    act = record.act(roe.case, "2024-05-01", "hearing sentencing", title="Sentencing of Roe", occurrence=occurrence)
    page = client.get("/cases/state-v-roe/")
    assert word in world.part(page, f"act-{act.pk}")
    assert f'<li class="ev not-held" id="act-{act.pk}">' in world.html(page)


def test_a_hearing_to_come_is_listed_today_and_not_on_a_past_day(client: Client) -> None:
    roe = world.tried()
    day = localdate() + timedelta(days=30)
    act = record.act(roe.case, day.isoformat(), "hearing sentencing", title="Sentencing", occurrence="scheduled")
    assert f'id="act-{act.pk}"' in world.html(client.get("/cases/state-v-roe/"))
    past = client.get("/cases/state-v-roe/", {"as_of": "2024-07-01"})
    assert f'id="act-{act.pk}"' not in world.html(past)


def test_sources_are_numbered_once_and_contradiction_is_shown(client: Client) -> None:
    roe = world.tried()
    record.cite(roe.verdict, "The Doubtful Docket", stance="contradicts", quote="There was no verdict.")
    page = client.get("/cases/state-v-roe/")
    entry = world.part(page, f"act-{roe.verdict.pk}")
    assert "Sources differ on this." in entry
    assert "Contradicted by The Doubtful Docket" in entry
    assert "There was no verdict." in entry
    listed = world.html(page).split('<ol class="sources">')[1].split("</ol>")[0]
    assert [f'id="source-{n}"' in listed for n in (1, 2, 3, 4)] == [True, True, True, False]


def test_officials_have_their_dates_and_a_victim_no_mark(client: Client) -> None:
    roe = world.tried()
    Participant.objects.filter(pk=roe.judge.pk).update(
        started_on=date(2024, 1, 10), ended_on=date(2024, 3, 1), end_reason="retired"
    )
    page = client.get("/cases/state-v-roe/")
    assert "Judge: Justice state-v-roe from 10 January 2024 until 1 March 2024 (retired)" in world.text(page)
    others = world.html(page).split('id="h-parties"')[1].split("</section>")[0]
    assert "Victim state-v-roe" in others
    assert "badge" not in others


def test_relations_are_told_from_both_sides_and_unresolved_ones_as_text(client: Client) -> None:
    roe, appeal = world.tried(), record.case("roe-appeal", kind="appellate", caption="State v. Roe (appeal)")
    record.relate(appeal, "appeal_of", roe.case)
    roe.case.relations.create(kind="related", target_text="Harbour Court, No. 12")
    trial = world.html(client.get("/cases/state-v-roe/"))
    assert 'href="/cases/roe-appeal/"' in trial.split('id="h-related"')[1]
    assert "Appealed in State v. Roe (appeal)" in world.text(client.get("/cases/state-v-roe/"))
    assert "Harbour Court, No. 12 (not in this record)" in world.text(client.get("/cases/state-v-roe/"))
    assert "Appeal of State v. Jane Roe" in world.text(client.get("/cases/roe-appeal/"))


def test_a_sentence_is_told_where_it_was_imposed_in_the_look_of_its_charge(client: Client) -> None:
    roe = world.tried()
    imposed = record.act(roe.case, "2024-07-01", "sentence imposed", title="Sentence")
    SentencePart.objects.create(event=imposed, charge=roe.charge, kind="prison", months=18)
    world.derive(roe.case)
    page = client.get("/cases/state-v-roe/")
    assert "Sentence: 18 months in prison" in world.part(page, f"act-{imposed.pk}")
    assert f'<li class="ev key o-convicted" id="act-{imposed.pk}">' in world.html(page)


def test_a_verdict_of_both_kinds_has_neither_look(client: Client) -> None:
    roe = world.tried()
    second = record.charge(roe.defendant, "Sinking a boat", roe.complaint)
    record.outcome(roe.verdict, second, "acquitted_jury")
    world.derive(roe.case)
    page = client.get("/cases/state-v-roe/")
    assert f'<li class="ev key o-closed" id="act-{roe.verdict.pk}">' in world.html(page)


def test_text_of_the_record_is_escaped_and_work_titles_are_set_in_italics(client: Client) -> None:
    roe = world.tried()
    Event.objects.filter(pk=roe.verdict.pk).update(title="*Rust* <script>alert(1)</script>")
    Charge.objects.filter(pk=roe.charge.pk).update(title='Theft of "*Boat*" & <b>oar</b>')
    body = world.html(client.get("/cases/state-v-roe/"))
    assert "<em>Rust</em> &lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "<script>alert" not in body
    assert "&amp; &lt;b&gt;oar&lt;/b&gt;" in body


def test_only_addresses_of_the_web_become_links(client: Client) -> None:
    roe = world.tried()
    cited = record.cite(roe.verdict, "The Sly Docket")
    type(cited.source).objects.filter(pk=cited.source_id).update(url="javascript:alert(1)")
    assert "javascript:" not in world.html(client.get("/cases/state-v-roe/"))


def test_a_sealed_case_is_a_tombstone_and_nothing_else(client: Client) -> None:
    roe = world.tried()
    world.seal(roe.case)
    page = client.get("/cases/state-v-roe/")
    assert page.status_code == 200
    assert world.text(page) == (
        "Sealed Sealed record This record was sealed on 1 August 2024. Nothing more about it is shown. "
        "Legal basis: Code § 99"
    )
    assert "Roe" not in world.html(page).replace("state-v-roe", "")
    assert '<meta name="robots" content="noindex">' in world.html(page)


def test_a_sealed_defendant_is_a_tombstone_among_the_others(client: Client) -> None:
    roe = world.tried()
    other = record.defendant(roe.case, record.person("Max Poe"), position=2)
    theirs = record.act(roe.case, "2024-03-01", "filing complaint", title="Another defendant charged")
    record.charge(other, "Sinking a boat", theirs)
    world.seal(other)
    page = client.get("/cases/state-v-roe/")
    assert world.part(page, f"defendant-{other.pk}") == (
        "Sealed This defendant’s record is sealed since 1 August 2024. Legal basis: Code § 99"
    )
    assert "Poe" not in world.html(page)
    assert "Sinking a boat" not in world.html(page)
    assert "Jane Roe" in world.text(page)


def test_a_withdrawn_case_is_gone_in_plain_words_and_a_draft_was_never_there(client: Client) -> None:
    roe, poe = world.tried(), world.tried("state-v-poe", "Max Poe")
    world.published(roe.case, "withdrawn")
    world.published(poe.case, "draft")
    gone, draft = client.get("/cases/state-v-roe/"), client.get("/cases/state-v-poe/")
    assert (gone.status_code, draft.status_code) == (410, 404)
    assert "This page was withdrawn" in world.text(gone)
    # Deleted since, it is as gone as before; nobody gets its address.
    record.case("state-v-zorn", state="withdrawn").delete()
    record.case("state-v-yorn", state="draft").delete()
    assert [client.get(f"/cases/state-v-{name}/").status_code for name in ("zorn", "yorn")] == [410, 404]
    assert "Roe" not in world.html(gone)


def test_an_override_is_shown_as_one_with_its_reason(client: Client) -> None:
    roe = world.tried()
    type(roe.case).objects.filter(pk=roe.case.pk).update(
        status_override="closed_administratively", override_reason="The court lost its file."
    )
    world.derive(roe.case)
    page = client.get("/cases/state-v-roe/")
    assert world.badges(page)[0] == ("closed", "Closed administratively")
    assert "An editor set this status by hand. The court lost its file." in world.text(page)


def test_a_copy_is_kept_by_the_readers_own_browser_alone_and_only_while_it_is_the_same(client: Client) -> None:
    roe = world.tried()
    for address in ("/cases/state-v-roe/", "/corrections/feed/"):
        world.corrected("Its day was wrong.", case=roe.case)
        first = client.get(address)
        assert first.headers["Cache-Control"] == "private, no-cache"
        assert "Last-Modified" not in first.headers  # it would not move when something goes
        asked = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        again = client.get(address, headers=asked)
        assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "private, no-cache")
        world.published(roe.verdict, "withdrawn")
        Correction.objects.all().delete()
        assert client.get(address, headers=asked).status_code == 200
    world.published(roe.case, "withdrawn")
    gone = client.get("/cases/state-v-roe/", headers=asked)
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-store")
    assert "ETag" not in gone.headers
    assert client.get("/cases/nobody/").headers["Cache-Control"] == "no-store"


def test_a_past_day_knows_nothing_that_came_later(client: Client) -> None:
    roe = world.tried()
    type(roe.case).objects.filter(pk=roe.case.pk).update(summary="Later she was convicted.")
    record.role(roe.case, record.person("Una Later"), "defence_counsel", roe.verdict)
    Participant.objects.filter(pk=roe.judge.pk).update(ended_on=date(2024, 5, 5), end_reason="recused herself")
    later = record.defendant(roe.case, record.person("Max Poe"), position=2)
    record.charge(later, "Sinking a boat", record.act(roe.case, "2024-07-07", "filing indictment", title="Indicted"))
    appeal = record.case("roe-appeal", kind="appellate", caption="State v. Roe (appeal)")
    record.relate(appeal, "appeal_of", roe.case)
    record.act(appeal, "2024-08-01", "filing notice_of_appeal", title="Notice of appeal")
    world.derive(roe.case, appeal)
    past = world.text(client.get("/cases/state-v-roe/", {"as_of": "2024-02-01"}))
    told = ("convicted", "Una Later", "recused", "Max Poe", "State v. Roe (appeal)", "Notice of appeal")
    assert [words for words in told if words in past] == []
    today = world.text(client.get("/cases/state-v-roe/"))
    assert [words for words in told if words in today] == list(told)


def test_a_past_day_is_not_told_when_the_record_was_verified_since(client: Client) -> None:
    kept = world.tried()
    Case.objects.filter(pk=kept.case.pk).update(verified_on=date(2024, 9, 1))
    assert world.text(client.get("/cases/state-v-roe/")).count("Last verified") == 2
    assert "erified" not in world.text(client.get("/cases/state-v-roe/?as_of=2024-07-01"))


def test_one_act_is_not_called_acts(client: Client) -> None:
    kept = world.tried()
    world.published(kept.verdict, "draft")
    page = client.get("/cases/state-v-roe/", {"kind": "verdict"})
    assert "0 of 1 act matches the filter." in world.text(page)
    assert "1 acts" not in world.text(client.get("/cases/state-v-roe/"))


def test_a_pardon_is_seen_as_readily_as_the_conviction(client: Client) -> None:
    roe = world.tried()
    pardon = record.act(roe.case, "2025-01-20", "clemency_or_relief pardon", title="Roe pardoned")
    world.derive(roe.case)
    card = [badge for badge in world.badges(client.get("/cases/state-v-roe/")) if badge[0] in ("convicted", "resolved")]
    assert card[:2] == [("convicted", "Convicted by a jury"), ("resolved", "Pardoned")]
    world.published(pardon, "withdrawn")
    assert ("resolved", "Pardoned") not in world.badges(client.get("/cases/state-v-roe/"))
