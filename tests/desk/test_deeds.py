"""Who does what: every deed of the desk, tried by everybody, also with buttons and fields that their page has not."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cases.models import Case, Court, Event, Source
from desk.marks import mark_of
from people.models import Person
from tests.desk import matrix
from tests.desk.conftest import picked, shown
from tests.desk.matrix import ADMINISTRATOR, CONTRIBUTOR, GROUPS, World

# Each deed, and which roles can do it. Who has no role is refused at every one of these addresses: ``test_matrix``.
DEEDS = {
    "publish a contributor's draft, from the list": "editor administrator",
    "the same, with everything of the list": "editor administrator",
    "the same, by a button that was not on the page": "editor administrator",
    "the same, as a state typed into the form": "",
    "publish what they wrote themselves": "administrator",
    "submit a draft for review": "contributor editor administrator",
    "withdraw what is public": "editor administrator",
    "make what is public a draft again": "",
    "change what is public": "editor administrator",
    "change a draft": "contributor editor administrator",
    "delete a draft": "contributor editor administrator",
    "delete what is public": "",
    "say that a public case was looked at today": "editor administrator",
    "confirm what an editor changed in public": "administrator",
    "ask somebody to see to it": "editor administrator",
    "seal a case": "editor administrator",
    "merge two people": "editor administrator",
    "bring an earlier state of a public case back": "editor administrator",
    "say that a hearing was held": "contributor editor administrator",
    "enter a ruling as a draft": "contributor editor administrator",
    "enter a ruling and publish it at once": "administrator",
    "enter a statement and publish it at once": "administrator",
    "rename a court": "administrator",
    "rename a role": "administrator",
    "give an account another password": "administrator",
    "take a second factor away": "administrator",
}
TOLD = {"correction_kind": "update", "correction_sentence": "The record was changed by a test."}
Deed = tuple[str, Callable[[str], dict[str, Any]], Callable[[], Any]]


def row_of(model: Any, pk: int) -> Callable[[], Any]:
    """Return what reads a whole row, so that any change of it is seen."""
    return lambda: model.objects.filter(pk=pk).values().first()


def deeds(given: World, browsers: dict[str, Client]) -> dict[str, Deed]:
    """Return each deed: the address, what is sent in by whom, and what is another afterwards if it was done."""
    boss = browsers[ADMINISTRATOR]
    case, draft, public = given.quint.case, given.draft_act, given.quint.complaint
    acts, state = reverse("admin:cases_event_changelist"), row_of(Event, draft.pk)

    def page(noun: str, pk: int, what: str = "change") -> str:
        return reverse(f"admin:{noun}_{what}", args=[pk])

    def filled(address: str, **more: Any) -> Callable[[str], dict[str, Any]]:
        sent = shown(boss.get(address)) | more
        return lambda who: sent

    def chosen(action: str, *rows: Any, **more: Any) -> Callable[[str], dict[str, Any]]:
        return lambda who: picked(action, *rows, **more)

    def always(**said: Any) -> Callable[[str], dict[str, Any]]:
        return lambda who: said

    own = {who: matrix.own_act(given, who) for who in GROUPS}
    published = lambda: Event.objects.filter(editorial_state="published").count()  # noqa: E731 - asked twice
    ruling = {
        "case": case.pk, "what": "ruling:dismiss", "decision": "denied", "on": "2024-05-01",
        "headline": "Motion denied", "source-0-source": str(given.report), "parts": "1", "sources": "1",
    }  # fmt: skip
    spoken = {
        "what": "position", "occurrence": "held", "title": "The family spoke", "on": "2024-05-01",
        "source-source": "https://example.org/family", "source-kind": "news_report", "source-publisher": "The Docket",
        "source-title": "The family spoke",
    }  # fmt: skip
    draft_page, public_page = page("cases_event", draft.pk), page("cases_event", public.pk)
    court_page = page("cases_court", case.court_id)
    merging = reverse("admin:people_person_merge_with", args=[given.quint.defendant.person_id, given.other.pk])
    group = Group.objects.get(name="Editors")
    group_page = page("auth_group", group.pk)
    tend = reverse("admin:tend", args=["case", case.pk])
    contributor = given.accounts[CONTRIBUTOR]
    first = reverse("admin:history_restore", args=["cases.case", matrix.earlier_state(case)])
    return {
        "publish a contributor's draft, from the list": (acts, chosen("publish_selected", draft), state),
        "the same, with everything of the list": (acts, chosen("publish_selected", draft, select_across="1"), state),
        "the same, by a button that was not on the page": (draft_page, filled(draft_page, _publish="1"), state),
        "the same, as a state typed into the form": (
            draft_page, filled(draft_page, editorial_state="published", published_by=contributor.pk, _save="1"),
            lambda: Event.objects.get(pk=draft.pk).editorial_state,
        ),
        "publish what they wrote themselves": (
            acts, lambda who: chosen("publish_selected", own.get(who, draft))(who) if who in own else {}, published,
        ),
        "submit a draft for review": (acts, chosen("submit_selected", draft), state),
        "withdraw what is public": (
            acts, chosen("withdraw_selected", given.ruling, **TOLD, confirmed="1"), row_of(Event, given.ruling.pk),
        ),
        "make what is public a draft again": (
            acts, chosen("redraft_selected", given.ruling, **TOLD), row_of(Event, given.ruling.pk),
        ),
        "change what is public": (
            public_page, filled(public_page, text="Other words.", **TOLD), row_of(Event, public.pk),
        ),
        "change a draft": (draft_page, filled(draft_page, text="Other words."), state),
        "delete a draft": (page("cases_event", draft.pk, "delete"), always(post="yes"), state),
        "delete what is public": (
            page("cases_event", public.pk, "delete"), always(post="yes", **TOLD), row_of(Event, public.pk),
        ),
        "say that a public case was looked at today": (tend, always(do="verify"), row_of(Case, case.pk)),
        "confirm what an editor changed in public": (
            reverse("admin:tend", args=["act", given.ruling.pk]),
            always(do="confirm", mark=mark_of(Event.objects.get(pk=given.ruling.pk))), row_of(Event, given.ruling.pk),
        ),
        "ask somebody to see to it": (tend, always(do="assign", to=str(contributor.pk)), row_of(Case, case.pk)),
        "seal a case": (
            page("cases_case", case.pk, "seal"), always(basis="Order 5", on="2024-06-01", **TOLD),
            row_of(Case, case.pk),
        ),
        "merge two people": (
            merging, always(seen=boss.get(merging).context["seen"], **TOLD), Person.objects.count,
        ),
        "bring an earlier state of a public case back": (
            first, always(stamp=boss.get(first).context["stamp"], **TOLD), row_of(Case, case.pk),
        ),
        "say that a hearing was held": (
            reverse("admin:act_settle", args=[given.hearing.pk, "held"]), always(), row_of(Event, given.hearing.pk),
        ),
        "enter a ruling as a draft": (reverse("admin:ruling"), always(**ruling, _draft="1"), Event.objects.count),
        "enter a ruling and publish it at once": (reverse("admin:ruling"), always(**ruling, _publish="1"), published),
        "enter a statement and publish it at once": (
            reverse("admin:case_enter", args=[case.pk, "statement"]),
            always(**spoken, _publish="1"), published,
        ),
        "rename a court": (court_page, filled(court_page, name="Another court"), row_of(Court, case.court_id)),
        "rename a role": (group_page, filled(group_page, name="Readers"), row_of(Group, group.pk)),
        "give an account another password": (
            reverse("admin:auth_user_password_change", args=[contributor.pk]),
            always(password1="quite another phrase", password2="quite another phrase", usable_password="true"),
            row_of(User, contributor.pk),
        ),
        "take a second factor away": (
            reverse("admin:auth_user_changelist"), chosen("reset_factors", contributor),
            Authenticator.objects.count,
        ),
    }  # fmt: skip


def test_every_deed_is_done_by_the_roles_that_may_and_by_nobody_else(
    court: Court, report: Source, settings: Settings
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.desk.matrix.Undrawn"]
    given = matrix.world(court, report)
    TOTP.activate(given.accounts[CONTRIBUTOR], generate_totp_secret())
    browsers = matrix.browsers(given)
    done = {}
    for name, (address, said, value) in deeds(given, browsers).items():
        able = []
        for who in GROUPS:
            with matrix.undone(browsers[who]):
                before = value()
                browsers[who].post(address, said(who))
                if value() != before:
                    able.append(who)
        done[name] = " ".join(able)
    assert done == DEEDS
