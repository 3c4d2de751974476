"""What words say: outcomes, sentences, counts, dates and courts, on phrases written for this test."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.reading.counts import count_line
from imports.reading.courts import case_kind, court_id, docket_key, docket_number
from imports.reading.dates import compact_date, days_after, iso_date, script_date, us_date
from imports.reading.dispositions import UNKNOWN, said
from imports.reading.entries import headline, placed
from imports.reading.privacy import is_private, public_part, shown
from imports.reading.sentences import NOTHING, money, sentence_said, term

OUTCOMES = [
    ("Dismissed", "dismissed_unspecified", "unspecified", ""),
    ("DISMISSED.", "dismissed_unspecified", "unspecified", ""),
    ("Dismissed without prejudice", "dismissed_without_prejudice", "without", ""),
    ("Count 3: dismissed, with prejudice", "dismissed_with_prejudice", "with", ""),
    ("Dismissed on the Government's motion", "dismissed_unspecified", "unspecified", "court_on_prosecution_motion"),
    ("Dismissed without prejudice upon motion of the U.S. Attorney", "dismissed_without_prejudice", "without",
     "court_on_prosecution_motion"),
    ("Dismissed on defendant’s motion", "dismissed_unspecified", "unspecified", "court_on_defence_motion"),
    ("Nolle prosequi", "nolle_prosequi", "", ""),
    ("No true bill", "no_true_bill", "", ""),
    ("Pled guilty to count 1", "convicted_guilty_plea", "", ""),
    ("Pleaded guilty", "convicted_guilty_plea", "", ""),
    ("Plea of nolo contendere", "convicted_no_contest", "", ""),
    ("Pled guilty to a lesser included offense", "convicted_lesser", "", ""),
    ("Not guilty", "acquitted_unspecified", "", ""),
    ("Found not guilty by jury", "acquitted_jury", "", ""),
    ("Not guilty by reason of insanity", "not_guilty_insanity", "", ""),
    ("Acquitted by the court", "acquitted_bench", "", ""),
    ("Judgment of acquittal", "judgment_of_acquittal", "", ""),
    ("Found guilty", "convicted_unspecified", "", ""),
    ("Found guilty by jury; 12 months imprisonment", "convicted_jury", "", ""),
    ("Convicted after bench trial", "convicted_bench", "", ""),
    ("Superseded by second superseding indictment", "superseded", "", ""),
    ("Merged into count 2", "merged", "", ""),
    ("Mistrial declared", "mistrial_pending", "", ""),
]  # fmt: skip
SAYS_NOTHING = [
    "", "   ", "Pending Counts", "Terminated Counts", "Disposition", "Plea of not guilty entered", "Not guilty plea",
    "Motion to dismiss denied", "Dismissal denied", "Not dismissed", "Guilty plea withdrawn",
    "Guilty; vacated on appeal",
    "Pled guilty to count 1; dismissed", "Dismissed with prejudice; dismissed without prejudice", "36 months probation",
    "Custody of BOP for 12 months", "Dismissed with prejudice, without prejudice", "Acquittal motion denied",
    "Guilty of count 1, not guilty of count 2", "The court dismissed the jury for the day", "Transferred",
    "Conviction vacated", "Dismissed, then reinstated", "Jury deadlocked", "Guilty" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize(("words", "slug", "prejudice", "by"), OUTCOMES)
def test_an_outcome_is_derived_from_words_that_say_it(words: str, slug: str, prejudice: str, by: str) -> None:
    found = said(words)
    assert (found.disposition, found.prejudice, found.by) == (slug, prejudice, by)


@pytest.mark.parametrize("words", SAYS_NOTHING, ids=lambda words: words[:40])
def test_nothing_is_derived_from_words_that_do_not(words: str) -> None:
    assert said(words) == UNKNOWN


def test_words_about_another_count_say_nothing_of_this_one() -> None:
    assert said("Pled guilty to count 1", range(2, 3)) == UNKNOWN
    assert said("Pled guilty to counts 1-3", range(2, 4)).disposition == "convicted_guilty_plea"
    assert said("Dismissed as to count 4", range(4, 6)) == UNKNOWN


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.sampled_from([w for w, *_ in OUTCOMES]).flatmap(
    lambda words: st.text(max_size=30).map(lambda more: f"{words}; {more}"))))  # fmt: skip
def test_no_words_break_a_reader(words: str) -> None:
    said(words)
    sentence_said(words)
    placed(words)
    assert len(headline(words)) <= 200
    count_line(words)
    for read in (us_date, iso_date, script_date, compact_date):
        read(words)
    term(words)
    money(words)
    court_id(words)
    docket_number(words)


SENTENCES = [
    ("Custody of BOP - 60 mos.; Supervised Release - 3 yrs.",
     [("prison", {"months": 60}), ("supervised_release", {"years": 3})]),
    ("Committed to the custody of the Bureau of Prisons for a term of SIX (6) MONTHS, with credit for time served.",
     [("prison", {"months": 6})]),
    ("Dft sentenced on 2/29/08 to 6 months with 2 years supervised release to follow.",
     [("custody", {"months": 6}), ("supervised_release", {"years": 2})]),
    ("1 year and 6 months imprisonment; $2,500.00 fine; no fine waived", []),
    ("$2,500.00 fine; fine waived", []),
    ("6 months jail. No fine. 100 hours of community service.",
     [("jail", {"months": 6}), ("community_service", {"hours": 100})]),
    ("TIME SERVED; $25 Special Assessment", [("time_served", {}), ("costs", {"amount": "25.00"})]),
    ("Dismissed", []),
    ("24 MONTHS PROBATION", []),  # supervised or not is not said
    ("12 months imprisonment, all but 30 days suspended", []),
    ("12 months imprisonment; supervised release revoked", []),
    ("12 months imprisonment; 6 months imprisonment", []),
    ("FOURTEEN (15) MONTHS imprisonment", []),
    ("Restitution of $1,860.00", [("restitution", {"amount": "1860.00"})]),
    ("Life imprisonment without the possibility of parole", [("life_without_parole", {})]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "parts"), SENTENCES, ids=lambda value: str(value)[:40])
def test_a_sentence_is_told_in_parts_only_if_all_of_it_is_understood(words: str, parts: list[tuple[str, dict]]) -> None:
    found = sentence_said(words).parts
    told = [
        (
            part.kind,
            {n: v for n in ("years", "months", "days", "hours", "amount") if (v := getattr(part, n)) not in (None, "")},
        )
        for part in found
    ]
    assert told == parts


def test_a_sentences_day_comes_with_it() -> None:
    assert sentence_said("Dft sentenced on 2/29/08 to 6 months with 2 years supervised release").on == date(2008, 2, 29)
    assert sentence_said("Dft sentenced on 2/30/08 to 6 months with 2 years supervised release") == NOTHING


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("4 Years and 9 Months", {"years": 4, "months": 9}), ("1 Year", {"years": 1}), ("two weeks", {"days": 14}),
        ("NaN Year", None), ("36", None), ("10 in prison", None), ("1 year and 1 year", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_is_read_as_it_was_said(words: str, length: dict[str, int] | None) -> None:
    assert term(words) == length


@pytest.mark.parametrize(
    ("words", "amount"),
    [("$1,860.00", "1860.00"), ("489174.25", "489174.25"), ("NaN", ""), ("about 5", ""), ("9" * 15, "")],
)
def test_an_amount_is_exact_or_none(words: str, amount: str) -> None:
    assert money(words) == amount


@pytest.mark.parametrize(
    ("line", "statute", "title", "first", "last", "suffix"),
    [
        ("18:371; CONSPIRACY; Conspiracy to Row.(1ss)", "18:371", "CONSPIRACY; Conspiracy to Row.", 1, None, "ss"),
        ("21:841(a)(1) and 846 - Possession of a Kite(3-6)", "21:841(a)(1) and 846", "Possession of a Kite", 3, 6, ""),
        ("THEFT OF A BOAT(12r)", "", "THEFT OF A BOAT", 12, None, "r"),
        ("8:1326(a) enhanced by (b)(1) - Reentry", "", "8:1326(a) enhanced by (b)(1) - Reentry", None, None, ""),
        ("SINKING A BOAT(6-2)", "", "SINKING A BOAT(6-2)", None, None, ""),
        ("SINKING A BOAT(1x)", "", "SINKING A BOAT(1x)", None, None, ""),
        ("(1)", "", "(1)", None, None, ""),
    ],
)
def test_a_line_of_counts_is_taken_apart(
    line: str, statute: str, title: str, first: int | None, last: int | None, suffix: str
) -> None:
    found = count_line(line)
    assert (found.statute, found.title, found.first, found.last, found.suffix) == (statute, title, first, last, suffix)


def test_days_do_not_shift_and_are_never_guessed() -> None:
    assert iso_date("2004-04-24T00:00:00.000Z") == iso_date("2004-04-24T23:59:00-08:00") == date(2004, 4, 24)
    assert script_date("Mon Aug 08 2016 00:00:00 GMT+0000 (UTC)") == date(2016, 8, 8)
    assert (us_date("1/9/21"), us_date("12/31/99"), us_date("13/1/21"), us_date("2/30/2020")) == (
        date(2021, 1, 9), date(1999, 12, 31), None, None,
    )  # fmt: skip
    assert (compact_date("17800112"), compact_date("17801301")) == (date(1780, 1, 12), None)
    assert days_after(date(1973, 5, 19), "-246") == date(1972, 9, 15)
    assert (days_after(date(1973, 5, 19), "999999"), days_after(date(2000, 1, 1), "NaN")) == (None, None)
    assert iso_date("0001-01-01") is None


@pytest.mark.parametrize(
    ("words", "court"),
    [
        ("U.S. District Court, Southern District of Georgia (Augusta)", "gasd"),
        ("Western District of Virginia", "vawd"),
        ("Northern District of West Virginia", "wvnd"), ("California Northern District (San Francisco)", "cand"),
        ("District of Columbia", "dcd"), ("District of New York", ""), ("Western District of Georgia", ""),
        ("Court of Appeals for the Ninth Circuit", "ca9"), ("Third Judicial District Court", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_court_is_known_by_its_words(words: str, court: str) -> None:
    assert court_id(words) == court


def test_a_docket_number_has_one_form() -> None:
    forms = ("1:21-mj-59", "1:21-mj-00059", "1:21-MJ-00059-ABJ-1", " 1:2021-mj-59 ")
    assert {docket_number(form) for form in forms} == {"1:21-mj-00059"}
    assert (docket_number("MDL No. 2168"), docket_number("1-21:mj-76")) == ("MDL 2168", "1-21:mj-76")
    assert docket_key("dcd", "1:21-mj-59") == "dcd:1:21-mj-00059"
    with pytest.raises(ValueError, match="no key"):
        docket_key("dcd", " ")
    assert [case_kind("gasd", "1:09-cr-1"), case_kind("gasd", "1:09-cv-1"), case_kind("ca5", "23-1")] == [
        "criminal", "civil", "appellate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("INDICTMENT as to Ann Otter (1) count(s) 1-2.", ("filing", "indictment", "", "")),
        ("SUPERSEDING INDICTMENT as to Ann Otter", ("filing", "indictment", "", "")),
        ("WAIVER OF INDICTMENT by Ann Otter", ("", "", "", "")),
        ("MOTION to Suppress Statements by Ann Otter", ("filing", "motion", "suppress", "")),
        ("MOTION to Suppress, MOTION to Dismiss by Ann Otter", ("filing", "motion", "", "")),
        ("ORDER denying 12 Motion to Dismiss as to Ann Otter", ("ruling", "dismiss", "", "denied")),
        ("ORDER granting 5 Motion to Seal; denying 6 Motion to Dismiss", ("", "", "", "")),
        (
            "Minute Entry for proceedings held before Judge A: Sentencing held on 1/2/20 for A",
            ("hearing", "sentencing", "", ""),
        ),
        ("Minute Entry for proceedings held before Judge A: Detention Hearing not held on 1/2/20", ("", "", "", "")),
        ("Minute Entry before Judge A: Plea held. Sentencing set for 5/6/20", ("", "", "", "")),
        ("ORDER OF DETENTION as to Material Witness", ("", "", "", "")),
        ("JUDGMENT as to Ann Otter (1)", ("", "", "", "")),
        ("NOTICE OF DISMISSAL as to count 2", ("", "", "", "")),
        ("ORDER APPOINTING COUNSEL as to Ann Otter", ("ruling", "other", "", "")),
        ("SCHEDULING ORDER as to Ann Otter: trial set for 5/6/20", ("ruling", "other", "", "")),
        ("MINUTE ORDER as to Ann Otter re exhibits", ("ruling", "other", "", "")),
        ("ORDER granting in part the request of the press", ("", "", "", "")),
        ("ORDER of USCA as to Ann Otter re 9 Notice of Appeal", ("", "", "", "")),
        ("[PROPOSED] ORDER by Ann Otter", ("", "", "", "")),
        ("ORDER Setting Conditions of Release for Ann Otter (1)", ("ruling", "bail", "", "")),
        ("ORDER Setting Conditions of Release for Material Witness", ("", "", "", "")),
        ("ORDER of Temporary Detention as to Ann Otter", ("custody", "detained", "", "")),
        ("ORDER OF DISMISSAL as to Ann Otter (1) count(s) 1", ("judgment", "dismissal", "", "")),
        ("PROPOSED ORDER OF DISMISSAL as to Ann Otter", ("", "", "", "")),
        ("JUDGMENT AND COMMITMENT as to Ann Otter (1)", ("judgment", "conviction_entered", "", "")),
        (
            "JUDGMENT as to Ann Otter (1), Count(s) 1, 3, 12 months imprisonment",
            ("judgment", "conviction_entered", "", ""),
        ),
        ("JUDGMENT as to Ann Otter (1), Count(s) 1, Acquitted", ("", "", "", "")),
        ("JUDGMENT RETURNED executed as to Ann Otter", ("", "", "", "")),
        ("JURY VERDICT as to Ann Otter (1) Guilty on Count 1,2.", ("verdict", "guilty", "", "")),
        ("JURY VERDICT as to Ann Otter (1) Not Guilty on Count 1.", ("verdict", "not_guilty", "", "")),
        ("JURY VERDICT as to Ann Otter (1) Guilty on Count 1 and NOT GUILTY on Count 2.", ("", "", "", "")),
        ("JURY VERDICT as to Ann Otter (1) Not Guilty on Count 1 and Guilty on Count 2.", ("", "", "", "")),
        ("JURY VERDICT FORM (unsigned)", ("", "", "", "")),
        ("MANDATE ISSUED. Mandate issue date satisfied.", ("appellate", "mandate_issued", "", "")),
        ("MEMORANDUM in Opposition by USA re 4 Motion", ("filing", "response", "other", "")),
        ("MEMORANDUM OF PLEA AGREEMENT as to Ann Otter", ("filing", "plea_agreement", "", "")),
        ("Minute Entry for proceedings: Bond Hearing as to Ann Otter held on 1/2/20", ("hearing", "detention", "", "")),
        ("Minute Entry: Status Hearing as to Ann Otter held on 1/2/20", ("hearing", "status_conference", "", "")),
        ("Minute Entry: Status Hearing re Arraignment as to Ann Otter held on 1/2/20", ("", "", "", "")),
        ("Minute Entry: Sentence With PSR Hearing held on 1/2/20 for Ann Otter", ("hearing", "sentencing", "", "")),
        ("Minute Entry: Jury Trial (Day 3) as to Ann Otter held on 1/2/20", ("hearing", "trial_day", "", "")),
        (
            "MINUTES before Judge Heron sentencing Ann Otter (1) count(s) 1, 2. 3 years",
            ("hearing", "sentencing", "", ""),
        ),
        ("MINUTES before Judge Heron sentencing hearing set for 9:00 for Ann Otter (1)", ("", "", "", "")),
        (
            "MINUTES before Judge Heron guilty plea entered by Ann Otter (1) count(s) 1",
            ("hearing", "plea_hearing", "", ""),
        ),
        ("EP: MINUTES: Detention Hearing - Defendant present in custody.", ("hearing", "detention", "", "")),
        ("EO: MINUTES: Detention Hearing has been continued to 1/3/20", ("", "", "", "")),
        ("Minute Entry of INITIAL APPEARANCE and ARRAIGNMENT held as to Ann Otter", ("hearing", "arraignment", "", "")),
        (
            "MINUTES before Judge Heron first appearance of dft Ann Otter; dft arraigned; not guilty plea entered",
            ("", "", "", ""),  # of the appearance, and then of something else
        ),
        (
            "MINUTES before Judge Heron first appearance of dft Ann Otter dft Otter arraigned; not guilty plea entered",
            ("hearing", "arraignment", "", ""),
        ),
        (
            "Minute Entry: Arraignment as to Ann Otter (1) Count 1,2 held on 1/2/20. Material Witness released.",
            ("hearing", "arraignment", "", ""),
        ),
        ("Minute Entry: Arraignment of Material Witness Bo Teal (1) Count 1 held on 1/2/20.", ("", "", "", "")),
        ("Minute Entry: Arraignment as to Bo Teal (n/a) held on 1/2/20. (Material Witness)", ("", "", "", "")),
        (
            "Minute Entry: Status Hearing as to Ann Otter held on 1/2/20. (Material Witness Attorney Lee Heron).",
            ("hearing", "status_conference", "", ""),
        ),
        (
            "Minute Entry: RE-ARRAIGNMENT held on 1/2/20. Ann Otter (1) Guilty Count 1. Court accepts the guilty plea.",
            ("hearing", "plea_hearing", "", ""),
        ),
        ("Minute Entry: RE-ARRAIGNMENT held on 1/2/20. Ann Otter (1) Guilty Count 1.", ("", "", "", "")),
        (
            "Minute Entry: Arraignment and Plea: plea of guilty as to Ann Otter (1) Count 1s held on 1/2/20",
            ("hearing", "plea_hearing", "", ""),
        ),
        (
            "Minute Entry: Arraignment: plea of not guilty as to Ann Otter (1) Count 1 held on 1/2/20",
            ("hearing", "arraignment", "", ""),
        ),
        (
            "Minute Entry:finding as moot 4 Motion to Detain as to A (1); Detention Hearing not held on 1/2/20.",
            ("ruling", "bail", "", "moot"),
        ),
        ("Minute Entry: granting 4 Motion to Detain; denying 5 Motion to Dismiss", ("", "", "", "")),
        ("EP: MINUTES: Defendant's Motion to Dismiss - DENIED [22-1]; by Judge A", ("ruling", "dismiss", "", "denied")),
        ("EP: MINUTES: Motion to Dismiss - DENIED. Motion to Suppress Evidence - CONTINUED", ("", "", "", "")),
        ("EP: MINUTES: Motion to Dismiss - DENIED as to count 1. GRANTED as to count 2", ("", "", "", "")),
        ("EP: MINUTES: Motion for a Bath - DENIED", ("", "", "", "")),
        ("STIPULATION continuing trial date; and order by Judge A. Heron", ("ruling", "continuance", "", "")),
        ("Defendant's STIPULATION and order continuing trial by Judge Heron", ("ruling", "continuance", "", "")),
        ("STIPULATION continuing trial date by Ann Otter", ("", "", "", "")),
        ("[PROPOSED] STIPULATION continuing trial date; and order by Judge A", ("", "", "", "")),
        ("ORDER granting modification of conditions of bail by Judge A", ("ruling", "bail", "", "granted")),
        ("ORDER DENYING TRANSFER -- (re: pldg. 3 )", ("ruling", "venue", "", "denied")),
        ("ORDER GRANTING TRANSFER of the exhibits", ("", "", "", "")),
        ("ARREST WARRANT RETURNED Executed on 1/20/04 as to Ann Otter", ("incident", "arrest", "", "")),
        ("ARREST WARRANT RETURNED Unexecuted on 1/20/04 as to Ann Otter", ("", "", "", "")),
        ("ARREST Warrant issued for Ann Otter", ("", "", "", "")),
        ("Arrest Warrant Returned Executed on 1/20/04 as to Material Witness Bo Teal", ("", "", "", "")),
    ],
)
def test_an_entry_is_placed_only_without_a_doubt(words: str, place: tuple[str, str, str, str]) -> None:
    assert placed(words) == place


def test_what_is_never_kept() -> None:
    fields = ["phone", "Home Address", "e-mail", "date_of_birth", "DOB", "attorneyEmail", "contact", "zip"]
    fields += ["Home Phone", "phone no.", "Cell phone number", "Telephone", "work e-mail", "Mobile", "party_phone"]
    assert [is_private(field) for field in fields] == [True] * len(fields)
    assert [is_private(field) for field in ("name", "date", "charge", "number", "address of the court")] == [False] * 5
    assert [is_private(field) for field in ("cell block", "number of mobile homes", "workplace")] == [False] * 3
    stripped: list[str] = []
    kept = public_part({"a": [{"phone": "1", "name": "Ann", "in": {"fax": "2", "dob": ""}}]}, stripped)
    assert (kept, stripped) == ({"a": [{"name": "Ann", "in": {}}]}, ["phone", "fax"])
    words = "RECEIPT of Passport # 123456789 for A, 12 Elm Tree Road #5, Otter Bay, CA 90000; 555-010-9999, a@b.example"
    assert shown(words) == "RECEIPT of [not shown] for A, [not shown]; [not shown], [not shown]"
