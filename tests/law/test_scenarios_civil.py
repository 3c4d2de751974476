"""The scenarios of civil courts: a settlement, and a suit removed to another court."""

from cases.law.facts import CaseFacts
from cases.law.vocabulary import By, Reason
from tests.law.world import act, case, charge, court, ends, ids, on, outcome, person, scenario, stands, told, words


def settlement() -> CaseFacts:
    """A civil suit settled, approved, and then not paid."""
    return case(
        [charge("wrongful-death", "complaint")],
        act("complaint", "2022-02-15", "filing complaint"),
        act(
            "agreement",
            "2022-10-05",
            "filing settlement_agreement",
            [outcome("wrongful-death", "settlement_pending_approval", by=By.PARTIES)],
        ),
        act(
            "approval",
            "2023-06-01",
            "ruling approve_settlement granted",
            [outcome("wrongful-death", "settled", by=By.PARTIES)],
        ),
        act("enforcement", "2024-02-01", "filing motion other"),
        kind="civil",
    )


@scenario("civil-settled-then-unpaid")
def test_a_settlement_is_final_when_approved_and_not_reopened_when_unpaid() -> None:
    announced = on(settlement(), "2022-10-05")
    assert told(announced) == [("resolved", "settlement_pending_approval")]
    assert ends(announced, "wrongful-death")[0] == "not_disposed"
    assert court(announced) == ("open_active", "", "not_disposed")

    approved = on(settlement(), "2023-06-01")
    assert told(approved) == [("resolved", "settled")]
    assert ends(approved, "wrongful-death") == ("final", "2023-06-01")
    assert court(approved) == ("disposed", "", "final")
    assert ids(stands(approved, "wrongful-death").because) == ["complaint", "agreement", "approval"]

    unpaid = on(settlement(), "2024-02-01")
    assert unpaid.defendants == approved.defendants
    assert court(unpaid) == ("disposed", "", "final")
    for word in ("convict", "acquit", "charge"):
        assert word not in words(unpaid)


def removed_suit() -> CaseFacts:
    """A suit in a state court: dismissed for inactivity in a month known, reinstated, removed to a federal court."""
    return case(
        [charge("malicious-prosecution", "complaint", against="ben")],
        act("complaint", "2025-01-09", "filing complaint"),
        act(
            "inactivity",
            "2025-07",
            "ruling dismiss granted",
            [
                outcome(
                    "malicious-prosecution",
                    "dismissed_without_prejudice",
                    by=By.COURT,
                    reason=Reason.FAILURE_TO_PROSECUTE,
                )
            ],
        ),
        act("reinstated", "2025-10-01", "ruling reconsideration granted", reverses="inactivity"),
        act("removal", "2025-10-20", "filing notice_of_removal", {"malicious-prosecution": "transferred"}),
        kind="civil",
        name="state-suit",
    )


@scenario("civil-removed")
def test_a_suit_removed_to_another_court_is_transferred_not_dismissed() -> None:
    dismissed = on(removed_suit(), "2025-07-15")
    assert told(dismissed) == [("non_conviction", "dismissed_without_prejudice")]
    assert stands(dismissed, "malicious-prosecution").reason is Reason.FAILURE_TO_PROSECUTE
    assert court(dismissed)[0] == "disposed"
    assert ids(dismissed.imprecise) == ["inactivity"]

    back = on(removed_suit(), "2025-10-01")
    assert told(back) == [("pending", "filed")]
    assert ids(stands(back, "malicious-prosecution").void) == ["inactivity"]
    assert court(back) == ("reopened", "", "not_disposed")

    gone = on(removed_suit(), "2025-10-20")
    assert told(gone) == [("replaced", "transferred")]
    assert ends(gone, "malicious-prosecution") == ("none", "")
    assert court(gone) == ("transferred_out", "", "not_disposed")
    assert "dismissed" not in person(gone, "ben").wording.lower()

    federal = case(
        [charge("malicious-prosecution", "removal", against="ben", replaces="state-claim", how="transferred")],
        act("removal", "2025-10-20", "filing notice_of_removal"),
        kind="civil",
        name="federal-suit",
    )
    answer = on(federal, "2025-10-20")
    assert told(answer) == [("pending", "filed")]
    assert court(answer) == ("open_active", "", "not_disposed")
    # A prosecutor who is sued is the defendant of a civil claim: no word of accusation.
    for word in ("convict", "charge", "accused"):
        assert word not in words(answer)
        assert word not in words(gone)


def test_nobody_is_charged_or_prosecuted_in_a_civil_case() -> None:
    """A plaintiff who gives up a suit is no prosecution; claims are dismissed on the motion of a defendant."""
    notice, order = "filing notice_of_dismissal", "ruling dismiss granted"
    dropped = [outcome(name, "dismissed_without_prejudice") for name in ("libel", "slander")]
    facts = case(
        [charge(name, "suit") for name in ("libel", "slander")],
        act("suit", "2024-01-01", "filing complaint"),
        act("notice", "2024-03-01", notice, dropped),
        kind="civil",
    )
    answer = on(facts, "2024-03-02")
    assert stands(answer, "libel").wording.startswith("Dropped by the plaintiff without prejudice on 1 March 2024;")
    assert person(answer).wording.startswith("Dropped by the plaintiff without prejudice (both claims), could be")
    court = outcome("libel", "dismissed_with_prejudice", by=By.COURT_ON_DEFENCE_MOTION)
    facts = case(
        [charge(name, "suit") for name in ("libel", "slander")],
        act("suit", "2024-01-01", "filing complaint"),
        act("order", "2024-03-01", order, [court, outcome("slander", "mistrial_pending")]),
        kind="civil",
    )
    answer = on(facts, "2024-03-02")
    assert stands(answer, "libel").wording.startswith("Dismissed with prejudice by the court on the defendant's motion")
    assert stands(answer, "slander").wording.startswith("Mistrial on 1 March 2024; the claim is still pending")
    criminal = ("charge", "prosecut", "defence", "guilt", "convict")
    assert [word for word in criminal if word in words(answer)] == []


def test_a_discharge_is_no_claim_and_what_is_not_told_of_a_claim_is_told_as_of_a_claim() -> None:
    facts = case(
        [charge(name, "suit") for name in ("libel", "slander")],
        act("suit", "2024-01-01", "filing complaint"),
        act("end", "2024-03-01", "judgment entered", {"libel": "charged_untold", "slander": "conditional_discharge"}),
        kind="civil",
    )
    answer = on(facts, "2024-03-02")
    assert stands(answer, "libel").wording == (
        "Claim filed on 1 March 2024; the sources do not say what became of the claim."
    )
    assert stands(answer, "slander").wording.startswith("Conditionally discharged on 1 March 2024")
    assert person(answer).wording == "Claims pending: 1 brought, outcome not known, 1 pending."
