"""The language check: words that say more than the acts, by the day of the text; and those that do not."""

from datetime import date

import pytest

from cases.language import Said, Told, check, said_of
from cases.law.status import case_status
from cases.law.vocabulary import CaseKind
from tests.law.world import act, case, charge, outcome

CHARGED = case([charge("arson", "c")], act("c", "2024-01-10", "filing complaint"))


def after(*acts: object, name: str = "arson", kind: str = "criminal", by: str = "filing complaint") -> set[Said]:
    """What has been said of Ada Moreno once a case with one charge has gone through ``acts``."""
    facts = case([charge(name, "c")], act("c", "2024-01-10", by), *acts, kind=kind)
    answer = case_status(facts, as_of=date(2025, 1, 1))
    return set(said_of(answer, CaseKind(kind), "ada"))


CONVICTED = after(act("v", "2024-03-01", "verdict guilty", {"arson": "convicted_jury"}))
PLED = after(act("p", "2024-03-01", "hearing plea_hearing", {"arson": "convicted_guilty_plea"}))
NO_CONTEST = after(act("p", "2024-03-01", "hearing plea_hearing", {"arson": "convicted_no_contest"}))
ACQUITTED = after(act("v", "2024-03-01", "verdict not_guilty", {"arson": "acquitted_jury"}))
BY_COURT = after(act("r", "2024-03-01", "ruling dismiss granted", {"arson": "dismissed_with_prejudice"}))
BY_NOTICE = after(act("n", "2024-03-01", "filing notice_of_dismissal", {"arson": "dismissed_without_prejudice"}))
AWAITING = after(act("v", "2024-03-01", "verdict guilty", {"arson": "verdict_awaiting_judgment"}))
SUED = after(kind="civil")
INDICTED = after(by="filing indictment")


def found(text: str, said: set[Said], *others: Told) -> list[tuple[str, str, bool]]:
    """What the check finds in a text about Ada Moreno: which words, what to write instead, whether quoted."""
    ada = Told(frozenset({("ada", "moreno"), ("moreno",)}), frozenset(said))
    return [(one.words, one.instead, one.quoted) for one in check(text, people=[ada, *others], about=[ada])]


def test_what_the_acts_have_said_by_a_day() -> None:
    assert after() == {Said.CHARGED}
    assert after(by="filing indictment") == {Said.CHARGED, Said.INDICTED}
    assert {Said.CHARGED, Said.CONVICTED, Said.GUILTY_VERDICT} == CONVICTED
    assert {Said.CHARGED, Said.GUILTY_VERDICT} == AWAITING
    assert {Said.CHARGED, Said.DISMISSED, Said.WITH_PREJUDICE, Said.DISMISSED_BY_COURT} == BY_COURT
    assert {Said.CHARGED, Said.DISMISSED, Said.WITHOUT_PREJUDICE, Said.DROPPED} == BY_NOTICE
    assert {Said.SUED} == SUED
    dropped = outcome("arson", "nolle_prosequi")
    assert after(act("r", "2024-03-01", "ruling dismiss granted", [dropped])) == {
        Said.CHARGED, Said.DISMISSED, Said.DROPPED,
    }  # fmt: skip
    undone = after(
        act("v", "2024-03-01", "verdict guilty", {"arson": "convicted_jury"}),
        act("n", "2024-04-01", "ruling new_trial granted", {"arson": "retrial_ordered"}),
    )
    assert undone == {*CONVICTED, Said.UNDONE}, "what was said once stays said"


# What the text says, in which state, the words found, what to write instead.
AMISS = [
    ("Moreno, the arsonist", after(), "arsonist", "“the accused”, “charged with …”"),
    ("The killer was arrested.", after(), "killer", "“the accused”, “charged with …”"),
    ("Jury convicts Moreno of arson", after(), "convicts", "“charged with …”"),
    ("Moreno convicted of arson", ACQUITTED, "convicted", "“acquitted”"),
    ("Moreno's conviction for arson", BY_COURT, "conviction", "“the charge was dismissed”"),
    ("Moreno convicted by a jury", AWAITING, "convicted", "“found guilty”"),
    ("Moreno found guilty", BY_COURT, "found guilty", "“the charge was dismissed”"),
    ("Moreno was convicted over the fire", SUED, "convicted", "“found liable”"),
    ("Moreno is a murderer", CONVICTED, "murderer", "the words of the charge"),
    ("Moreno faces a murder charge", after(name="manslaughter"), "murder charge",
     "the words of the charge: “involuntary manslaughter”"),
    ("Moreno found innocent", ACQUITTED, "found innocent",
     "“found not guilty”, “acquitted”, “the charge was dismissed”"),
    ("Judge declares Ada Moreno innocent", ACQUITTED, "declares Ada Moreno innocent",
     "“found not guilty”, “acquitted”, “the charge was dismissed”"),
    ("Moreno pleaded innocent", after(), "pleaded innocent", "“pleaded not guilty”"),
    ("Moreno cleared of arson", BY_COURT, "cleared of", "“acquitted”, “found not guilty”, “the charge was dismissed”"),
    ("Moreno exonerated", ACQUITTED, "exonerated", "“acquitted”, “found not guilty”, “the charge was dismissed”"),
    ("Moreno pleads guilty to arson", NO_CONTEST, "pleads guilty", "“pleaded no contest”"),
    ("Her guilty plea", CONVICTED, "guilty plea", "“was found guilty”"),
    ("Moreno admitted her guilt", NO_CONTEST, "admitted her guilt", "“pleaded no contest”"),
    ("Moreno pleads no contest", PLED, "pleads no contest", "“pleaded guilty”"),
    ("Moreno confessed to the police", after(), "confessed", "“said that …”, in their own words, with the source"),
    ("Moreno acquitted of arson", BY_COURT, "acquitted", "“the charge was dismissed”"),
    ("Jury finds her not guilty of arson", BY_NOTICE, "not guilty of", "“the charge was dismissed”"),
    ("Moreno charged with arson", SUED, "charged with", "“sued over …”, “the suit claims that …”"),
    ("Moreno indicted", after(), "indicted", "“charged”, by which document"),
    ("Charges against Moreno dropped", BY_COURT, "Charges against Moreno dropped", "“dismissed”"),
    ("Arson charge dismissed", ACQUITTED, "charge dismissed", "“acquitted”"),
    ("Case dismissed with prejudice", BY_NOTICE, "Case dismissed with prejudice", "“dismissed without prejudice”"),
    ("Dismissed without prejudice", BY_COURT, "Dismissed without prejudice", "“dismissed with prejudice”"),
    ("Moreno sentenced to two years", CONVICTED, "sentenced", "“could be sentenced to …”, with who says so"),
    ("Appeal denied", CONVICTED, "Appeal denied", "“motion denied”, and which motion"),
    ("Judge denies Moreno's appeal", CONVICTED, "denies Moreno's appeal", "“motion denied”, and which motion"),
    ("Moreno loses her appeal",
     {*CONVICTED, *after(act("w", "2024-05-01", "filing withdrawal_of_appeal"))}, "loses her appeal",
     "“appeal withdrawn”"),
    ("Moreno's conviction overturned", CONVICTED, "conviction overturned", "what the act did"),
    ("Moreno held liable for the fire", SUED, "held liable", "“sued over …”, “settled”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "words", "instead"), AMISS, ids=[row[0] for row in AMISS])
def test_words_that_say_more_than_the_acts(text: str, said: set[Said], words: str, instead: str) -> None:
    assert (words, instead, False) in found(text, said)


RIGHT = [
    ("Moreno convicted of arson", CONVICTED),
    ("Jury: guilty of arson", CONVICTED),
    ("Moreno found guilty", AWAITING),
    ("Moreno pleads guilty", PLED),
    ("Moreno pleads no contest to arson", NO_CONTEST),
    ("Moreno pleads not guilty on all counts", after()),
    ("Moreno acquitted; found not guilty of arson", ACQUITTED),
    ("Arson charge dropped by the prosecution", BY_NOTICE),
    ("Case dismissed with prejudice", BY_COURT),
    ("If convicted, Moreno faces two years", after()),
    ("Moreno has not been convicted of anything", after()),
    ("The State will seek a conviction", after()),
    ("Moreno could be sentenced in May", after()),
    ("Motion for a judgment of acquittal denied", after()),
    ("Motion to dismiss denied", after()),
    ("Motion for release pending appeal denied", CONVICTED),
    ("State files notice of appeal", BY_COURT),
    ("Moreno, the alleged arsonist, maintains her innocence", after()),
    ("Moreno indicted by a grand jury", INDICTED),
    ("Premiere of *The Killer*, and of *Found Innocent*", after()),
    ("Moreno sued over the fire", SUED),
]


@pytest.mark.parametrize(("text", "said"), RIGHT, ids=[row[0] for row in RIGHT])
def test_words_that_the_acts_bear(text: str, said: set[Said]) -> None:
    assert found(text, said) == []


def test_words_are_about_the_name_beside_them() -> None:
    ben = Told(frozenset({("ben", "okafor"), ("okafor",)}), frozenset(CONVICTED))
    assert found("Okafor was convicted; the charge against Moreno is pending.", after(), ben) == []
    assert [words for words, _, _ in found("Moreno and Okafor were convicted.", after(), ben)] == ["convicted"]
    assert [words for words, _, _ in found("Moreno was convicted. Okafor went free.", after(), ben)] == ["convicted"]
    assert found("Jury convicts Okafor", after(), ben) == []


def test_in_quotation_marks_it_warns_more_softly() -> None:
    text = "The sheriff: “Moreno is a killer.” She is a killer."
    assert [(words, quoted) for words, _, quoted in found(text, after())] == [("killer", True), ("killer", False)]


def test_where_nobody_is_accused_only_what_is_never_right_is_found() -> None:
    assert check("Police seek the killer; a neighbour was found innocent.", people=[], about=[])[0].code == "innocent"
    assert len(check("Police seek the killer; a neighbour was found innocent.", people=[], about=[])) == 1
