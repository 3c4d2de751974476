"""Invented content that shows every component in the gallery; it asks the database nothing."""

from datetime import date
from typing import Any

from cases.law.dates import PartialDate
from cases.law.vocabulary import Precision
from cases.pages.lanes import Lane, LaneGroup, Span, draw
from cases.pages.parts import ActLine, Badge, ChargeCard, DefendantCard
from cases.pages.record import Line, SourceRef
from cases.templatetags.record import ICONS
from cases.timeline import EffectLine, Entry, SourceLine
from public.lists import CaseRow, Standing

LOOKS = (
    ("convicted", "Convicted by jury"),
    ("plea", "Convicted on a no contest plea"),
    ("acquitted", "Acquitted by jury"),
    ("dismissed", "Dismissed with prejudice"),
    ("withdrawn", "Superseded"),
    ("pending", "Charged"),
    ("resolved", "Settled"),
    ("closed", "Decided in this court"),
    ("unknown", "Not known"),
)
FILED, ENDED = PartialDate(date(2024, 2, 1)), PartialDate(date(2024, 9, 20))


def samples() -> dict[str, Any]:
    """Return the context of the gallery."""
    return {
        "badges": [Badge(mark, label) for mark, label in LOOKS],
        "icons": sorted(ICONS),
        "cards": _cards(),
        "picture": draw(_lanes(), as_of=date(2024, 12, 31)),
        "lines": _lines(),
        "row": CaseRow(
            "State of Examplia v. Jane Roe",
            "#",
            "Criminal",
            "Example District Court",
            "D-1-CR-2024-00001",
            "2024",
            Badge("closed", "Decided in this court"),
            Badge("pending", "Under appeal"),
            (Standing("Jane Roe", "Acquitted of 1, convicted of 1 of 2 counts, not final: an appeal is pending."),),
        ),
    }


def _cards() -> list[DefendantCard]:
    verdict = ActLine(ENDED, "Mixed", "Jury returns a mixed verdict", "#act-2")
    charge = ChargeCard(
        id=1,
        title="Theft of a boat",
        count=1,
        badge=Badge("convicted", "Convicted by jury"),
        finality=Badge("pending", "Under appeal"),
        wording="Convicted by a jury on 20 September 2024. Not yet sentenced.",
        sentence="",
        statute="Ex. Code § 1-2",
        facts=("Indictment", "Felony"),
        brought=ActLine(FILED, "Indictment", "Grand jury indicts Roe", "#act-1"),
        because=(verdict,),
        void=(),
        minor=False,
    )
    acquitted = ChargeCard(
        id=2,
        title="Sinking a boat",
        count=2,
        badge=Badge("acquitted", "Acquitted by jury"),
        finality=None,
        wording="Acquitted by a jury on 20 September 2024.",
        sentence="",
        statute="",
        facts=(),
        brought=None,
        because=(),
        void=(),
        minor=False,
    )
    return [
        DefendantCard(
            1, "Jane Roe", "#", "Captain", "Convicted of 1 of 2 counts, acquitted of 1.", (charge, acquitted)
        ),
        DefendantCard(2, "Sealed", "", "", "", sealed_basis="Ex. Code § 9", sealed_on="1 March 2024", sealed=True),
    ]


def _lanes() -> list[LaneGroup]:
    closed = Lane(
        "Theft of a boat (2024)",
        "#",
        "Convicted by jury",
        "convicted",
        FILED,
        ENDED,
        f"Convicted by jury {ENDED}",
        finality="Under appeal",
        spans=(
            Span("", date(2024, 2, 1), date(2024, 9, 20)),
            Span("trial", date(2024, 9, 16), date(2024, 9, 20)),
            Span("appeal", date(2024, 9, 20), date(2024, 12, 31)),
        ),
    )
    pending = Lane(
        "Roe v. Harbour Company",
        "#",
        "Open",
        "pending",
        FILED,
        None,
        "Open",
        "Civil",
        spans=(Span("open", date(2024, 5, 1), date(2024, 12, 31)),),
    )
    return [LaneGroup("Jane Roe", "#", (closed,)), LaneGroup("Linked cases", "", (pending,))]


def _lines() -> list[Line]:
    report = SourceLine("Example Gazette", "Jury divided over boat", "https://example.org/", "News report")
    denied = SourceLine("Harbour News", "No verdict yet", "https://example.org/2", "News report", stance="contradicts")
    refs = (SourceRef(1, report), SourceRef(2, denied))
    effects = (
        EffectLine(1, 1, "Jane Roe", "Theft of a boat", "Charged", "Convicted by jury", "convicted_jury", "convicted"),
        EffectLine(2, 1, "Jane Roe", "Sinking a boat", "Charged", "Acquitted by jury", "acquitted_jury", "acquitted"),
    )
    verdict = Entry(
        2,
        1,
        "",
        "#",
        ENDED,
        "verdict",
        "Verdict",
        "mixed",
        "Guilty on some counts, not on others",
        "Jury returns a mixed verdict",
        text="The jury deliberated for three days.",
        effects=effects,
        sources=(report, denied),
        status_after="Open",
    )
    scheduled = Entry(
        3,
        1,
        "",
        "#",
        PartialDate(date(2024, 11, 1), Precision.MONTH),
        "hearing",
        "Hearing",
        "sentencing",
        "Sentencing",
        "Sentencing",
        occurrence_label="Scheduled",
        counts=False,
        caution="It may have come after 10 November 2024.",
    )
    return [Line(scheduled, "closed", "", (), ()), Line(verdict, "closed", "", refs, ())]
