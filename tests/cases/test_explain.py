"""``manage.py explain`` on the demonstration record: what it answers, and what it says when asked amiss."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from time_machine import travel

from cases.editing import corrected, withdraw
from cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_record")]

CHARGED = ("2023-01-31", "charges_filed", "Charges filed")
NOTICE = ("2023-04-21", "notice_of_dismissal", "Prosecution files notice of dismissal without prejudice")
INDICTED = ("2024-01-19", "indictment", "Grand jury indicts Alec Baldwin")
DISMISSED = ("2024-07-12", "dismiss", "Case dismissed with prejudice during trial")
APPEALED = ("2024-11-21", "notice_of_appeal", "Appeal opens in the Court of Appeals")
WITHDRAWN = ("2024-12-23", "withdrawal_of_appeal", "State withdraws its appeal")
TAMPERING = ("2023-06-22", "amended_charge", "Charge of tampering with evidence added")
VERDICT = ("2024-03-06", "mixed", "Jury: guilty of involuntary manslaughter, not guilty of tampering with evidence")
EIGHTEEN_MONTHS = ("2024-04-15", "imposed", "Sentenced to 18 months in prison")
ARMOURER_APPEALS = ("2024-05", "notice_of_appeal", "Hannah Gutierrez-Reed files notice of appeal")

STATE_APPEALED = "Not final: under appeal. Notice was filed on 21 November 2024; no decision on it is recorded."
CONVICTION_APPEALED = "Not final: under appeal. Notice was filed in May 2024; no decision on it is recorded."
DISMISSED_ON = (
    "Dismissed with prejudice by the court on the defence's motion, because evidence was withheld, on 12 July 2024."
)


def run(slug: str, **options: Any) -> str:
    out = StringIO()
    call_command("explain", slug, stdout=out, **options)
    return out.getvalue()


def acts(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["date"], row["kind"], row["title"]) for row in rows]


def told(slug: str, as_of: str) -> dict[str, Any]:
    """Return what the command promises to say, without what it may add."""
    answer = json.loads(run(slug, as_of=as_of, json=True))
    return {
        "case": {key: answer["case"][key] for key in ("status", "finality", "wording")},
        "defendants": [
            {
                "name": defendant["name"],
                "wording": defendant["wording"],
                "charges": [
                    {
                        **{key: charge[key] for key in ("title", "term", "class", "finality", "wording")},
                        "because": acts(charge["because"]),
                    }
                    for charge in defendant["charges"]
                ],
            }
            for defendant in answer["defendants"]
        ],
    }


def baldwin_2024(*, status: str, finality: str, case: str, defendant: str, charge: str, because: list[Any]) -> Any:
    term, cls = ("filed", "pending") if finality == "not_disposed" else ("dismissed_with_prejudice", "non_conviction")
    return {
        "case": {"status": status, "finality": finality, "wording": case},
        "defendants": [
            {
                "name": "Alec Baldwin",
                "wording": defendant,
                "charges": [
                    {
                        "title": "Involuntary manslaughter",
                        "term": term,
                        "class": cls,
                        "finality": finality,
                        "wording": charge,
                        "because": because,
                    }
                ],
            }
        ],
    }


def test_after_the_notice_of_dismissal() -> None:
    assert told("new-mexico-v-baldwin-2023", "2023-05-01") == {
        "case": {"status": "disposed", "finality": "final", "wording": "Decided in this court. Final."},
        "defendants": [
            {
                "name": "Alec Baldwin",
                "wording": "Dropped by the prosecution without prejudice, could be refiled, final in this case.",
                "charges": [
                    {
                        "title": "Involuntary manslaughter",
                        "term": "dismissed_without_prejudice",
                        "class": "non_conviction",
                        "finality": "final",
                        "wording": "Dropped by the prosecution without prejudice on 21 April 2023; "
                        "it could be refiled. Final in this case.",
                        "because": [CHARGED, NOTICE],
                    },
                    {
                        "title": "Firearm enhancement",
                        "term": "enhancement_removed",
                        "class": "replaced",
                        "finality": None,
                        "wording": "Enhancement withdrawn on 20 February 2023.",
                        "because": [CHARGED, ("2023-02-20", "amended_charge", "Firearm enhancement withdrawn")],
                    },
                ],
            }
        ],
    }


def test_after_the_indictment() -> None:
    assert told("new-mexico-v-baldwin-2024", "2024-02-01") == baldwin_2024(
        status="open_active",
        finality="not_disposed",
        case="Open.",
        defendant="Charges pending.",
        charge="Charged on 19 January 2024; not decided.",
        because=[INDICTED],
    )


def test_on_the_day_of_the_dismissal() -> None:
    open_to_appeal = "Not yet final: it can still be appealed or reviewed."
    assert told("new-mexico-v-baldwin-2024", "2024-07-12") == baldwin_2024(
        status="disposed",
        finality="appealable",
        case=f"Decided in this court. {open_to_appeal}",
        defendant="Dismissed with prejudice, not yet final.",
        charge=f"{DISMISSED_ON} {open_to_appeal}",
        because=[INDICTED, DISMISSED],
    )


def test_after_the_notice_of_appeal() -> None:
    assert told("new-mexico-v-baldwin-2024", "2024-11-25") == baldwin_2024(
        status="disposed",
        finality="under_appeal",
        case=f"Decided in this court. {STATE_APPEALED}",
        defendant="Dismissed with prejudice, not final: under appeal.",
        charge=f"{DISMISSED_ON} {STATE_APPEALED}",
        because=[INDICTED, DISMISSED],
    )


def test_after_the_withdrawal_of_the_appeal() -> None:
    since = "Final since 23 December 2024, when the appeal was withdrawn."
    assert told("new-mexico-v-baldwin-2024", "2024-12-24") == baldwin_2024(
        status="disposed",
        finality="final_by_withdrawal",
        case=f"Decided in this court. {since}",
        defendant="Dismissed with prejudice, final.",
        charge=f"{DISMISSED_ON} {since}",
        because=[INDICTED, DISMISSED],
    )


def gutierrez_reed(*, case: dict[str, str], defendant: str, convicted: dict[str, Any]) -> Any:
    return {
        "case": case,
        "defendants": [
            {
                "name": "Hannah Gutierrez-Reed",
                "wording": defendant,
                "charges": [
                    {
                        "title": "Involuntary manslaughter",
                        "term": "convicted_jury",
                        "class": "conviction",
                        **convicted,
                    },
                    {
                        "title": "Tampering with evidence",
                        "term": "acquitted_jury",
                        "class": "non_conviction",
                        "finality": "final",
                        "wording": "Acquitted by a jury on 6 March 2024. Final.",
                        "because": [TAMPERING, VERDICT],
                    },
                ],
            }
        ],
    }


def test_between_verdict_and_sentence() -> None:
    assert told("new-mexico-v-gutierrez-reed", "2024-03-10") == gutierrez_reed(
        case={"status": "open_active", "finality": "not_disposed", "wording": "Open: waiting for sentence."},
        defendant="Convicted of 1 of 2 counts, acquitted of 1, not yet sentenced.",
        convicted={
            "finality": "not_disposed",
            "wording": "Convicted by a jury on 6 March 2024. Not yet sentenced.",
            "because": [CHARGED, VERDICT],
        },
    )


def test_after_the_armourers_notice_of_appeal() -> None:
    assert told("new-mexico-v-gutierrez-reed", "2024-05-30") == gutierrez_reed(
        case={
            "status": "disposed",
            "finality": "under_appeal",
            "wording": f"Decided in this court. {CONVICTION_APPEALED}",
        },
        defendant="Convicted of 1 of 2 counts, acquitted of 1, sentenced to 18 months in prison, "
        "not final: under appeal.",
        convicted={
            "finality": "under_appeal",
            "wording": "Convicted by a jury on 6 March 2024. Sentenced on 15 April 2024 to 18 months in prison. "
            f"{CONVICTION_APPEALED}",
            "because": [CHARGED, VERDICT, EIGHTEEN_MONTHS],
        },
    )


def test_a_no_contest_plea_is_no_guilty_plea_and_leaves_nothing_to_serve() -> None:
    sentence = "6 months in custody, all suspended (none of it to be served); unsupervised probation; a fine of 500 USD"
    final = "Final: no appeal is recorded by the estimated deadline, 1 May 2023 (Rule 12-201 NMRA)."
    assert told("new-mexico-v-halls", "2024-01-01") == {
        "case": {"status": "disposed", "finality": "final", "wording": f"Decided in this court. {final}"},
        "defendants": [
            {
                "name": "David Halls",
                "wording": f"Convicted on a no contest plea, sentenced to {sentence}, final.",
                "charges": [
                    {
                        "title": "Negligent use of a deadly weapon",
                        "term": "convicted_no_contest",
                        "class": "conviction",
                        "finality": "final",
                        "wording": "Convicted on a no contest plea on 31 March 2023. "
                        f"Sentenced on 31 March 2023 to {sentence}. {final}",
                        "because": [
                            ("2023-01-31", "plea_agreement", "Plea agreement announced"),
                            ("2023-03-31", "plea_hearing", "David Halls pleads no contest"),
                            (
                                "2023-03-31",
                                "imposed",
                                "Sentenced to six months, all suspended, with unsupervised probation and a fine",
                            ),
                        ],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("slug", "as_of", "expected"),
    [
        ("hutchins-estate-wrongful-death-suit", "2022-12-31", ("open_active", "not_disposed")),
        ("hutchins-estate-wrongful-death-suit", "2024-03-01", ("disposed", "final")),
        ("hutchins-family-v-baldwin", "2024-03-01", ("unknown", "unknown")),
        ("baldwin-v-prosecutors", "2025-02-01", ("open_active", "not_disposed")),
        ("baldwin-v-prosecutors", "2025-08-01", ("disposed", "appealable")),
        ("baldwin-v-prosecutors", "2025-10-20", ("transferred_out", "not_disposed")),
        ("baldwin-v-prosecutors-federal", "2025-10-20", ("open_active", "not_disposed")),
        ("new-mexico-v-baldwin-appeal", "2024-11-25", ("open_active", "not_disposed")),
        ("new-mexico-v-baldwin-appeal", "2024-12-24", ("disposed", "final_by_withdrawal")),
        ("new-mexico-v-baldwin-2024", "2024-05-25", ("open_active", "not_disposed")),
        ("new-mexico-v-baldwin-2024", "2024-11-01", ("disposed", "contested")),
    ],
)
def test_where_the_other_cases_stand(slug: str, as_of: str, expected: tuple[str, str]) -> None:
    case = told(slug, as_of)["case"]
    assert (case["status"], case["finality"]) == expected


def test_finality_names_its_own_acts() -> None:
    answer = json.loads(run("new-mexico-v-baldwin-2024", as_of="2024-12-24", json=True))
    assert acts(answer["case"]["finality_because"]) == [APPEALED, WITHDRAWN]
    answer = json.loads(run("new-mexico-v-gutierrez-reed", as_of="2024-05-30", json=True))
    assert acts(answer["case"]["finality_because"]) == [ARMOURER_APPEALS]


def test_without_a_day_it_looks_at_today() -> None:
    with travel("2024-02-01T12:00:00Z", tick=False):
        assert json.loads(run("new-mexico-v-baldwin-2024", json=True)) == json.loads(
            run("new-mexico-v-baldwin-2024", as_of="2024-02-01", json=True)
        )


def test_in_words() -> None:
    assert run("new-mexico-v-baldwin-2024", as_of="2024-02-01") == (
        "State of New Mexico v. Alexander Rae Baldwin III (2024), as of 1 February 2024\n"
        "  Open.\n"
        "  Status: Open. Finality: Not decided yet.\n"
        "  Because of:\n"
        "    2024-01-19  Grand jury indicts Alec Baldwin (filing: indictment)\n"
        "\n"
        "  Alec Baldwin: Charges pending.\n"
        "    Involuntary manslaughter: Charged on 19 January 2024; not decided.\n"
        "      Term: filed (pending). Finality: Not decided yet.\n"
        "      Because of:\n"
        "        2024-01-19  Grand jury indicts Alec Baldwin (filing: indictment)\n"
    )


def test_an_unknown_case_is_an_error_that_names_those_nearby() -> None:
    with pytest.raises(CommandError) as refusal:
        run("new-mexico-v-hals")
    assert refusal.value.returncode == 1
    assert str(refusal.value).startswith("There is no case “new-mexico-v-hals”. Did you mean new-mexico-v-halls")


def test_a_case_that_is_like_no_other_is_an_error_without_a_guess() -> None:
    with pytest.raises(CommandError) as refusal:
        run("zzz")
    assert str(refusal.value) == "There is no case “zzz”."


@pytest.mark.parametrize("text", ["yesterday", "2024-02-30", "20240712", "2024-7-12", "", "0000-01-01"])
def test_a_wrong_day_is_an_error(text: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run("new-mexico-v-halls", as_of=text)
    assert refusal.value.returncode == 1
    assert str(refusal.value) == f"“{text}” is not a day. Write it as YYYY-MM-DD, for example 2024-07-12."


@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_answered(as_of: str) -> None:
    expected = "unknown" if as_of.startswith("0001") else "disposed"
    assert told("new-mexico-v-halls", as_of)["case"]["status"] == expected


def test_a_case_that_is_not_published_is_explained_only_to_those_who_ask_for_drafts(demo_record: Any) -> None:
    with corrected(kind="error", sentence="The case was published too early.", by=demo_record):
        withdraw(Case.objects.get(slug="hutchins-family-v-baldwin"), by=demo_record)
    with pytest.raises(CommandError) as refusal:
        run("hutchins-family-v-baldwin")
    assert str(refusal.value) == (
        "The case “hutchins-family-v-baldwin” is not published. Add --drafts to explain it as its editors see it."
    )
    drafts = json.loads(run("hutchins-family-v-baldwin", as_of="2024-03-01", json=True, drafts=True))
    assert drafts["case"]["status"] == "unknown"
