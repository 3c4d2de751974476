"""The picture of a matter: for each charge and each linked case a lane on one scale of time, in per cent.

Pure arithmetic on dates. A lane says in words what it draws, for those who do not see it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.law.dates import MONTHS, PartialDate

LEFT_THIRD, RIGHT_THIRD = 33.0, 67.0
NARROWEST = 0.4
LAST_LABEL = 96.0
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time on a lane. ``kind`` is the suffix of a CSS class: "", "open", "trial", "sentence", "appeal"."""

    kind: str
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Lane:
    """One charge or one case as known on the day: its stretches, where it ended, and in which words.

    ``ended`` is None while it is open or when its end has no date.
    """

    label: str
    href: str
    status: str
    mark: str
    began: PartialDate | None
    ended: PartialDate | None
    outcome: str
    note: str = ""
    finality: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """The lanes under one name: a defendant's charges, or the linked cases."""

    name: str
    url: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the scale at ``x`` per cent. A year's first line is stronger; ``label`` may be empty."""

    x: str
    is_year: bool
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn stretch, in per cent of the width."""

    kind: str
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane ready for SVG: bars, the place of its mark, and on which side of it the words stand.

    A lane without any date has no mark, and a line of dots across all of time.
    """

    lane: Lane
    bars: tuple[Bar, ...]
    at: str
    anchor: str
    shift: int
    said: str
    has_mark: bool = True


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A group of drawn lanes."""

    name: str
    url: str
    lanes: tuple[DrawnLane, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All lanes on one scale; empty when nothing has a date."""

    first: str
    last: str
    grid: tuple[GridLine, ...]
    groups: tuple[DrawnGroup, ...]
    kinds: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.groups)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as a share of the width."""

    begin: date
    end: date

    def at(self, day: date) -> float:
        """Where a day lies, in per cent, kept within the picture."""
        share = (day - self.begin).days / max((self.end - self.begin).days, 1) * 100
        return min(max(share, 0.0), 100.0)


def short(when: PartialDate) -> str:
    """The date in few letters: "12 Jul 2024"."""
    words = str(when)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words


def middle(when: PartialDate) -> date:
    """The day at which an imprecise date is drawn: the middle of what it may be."""
    return when.earliest + (when.latest - when.earliest) / 2


def draw(groups: Iterable[LaneGroup], *, as_of: date) -> Picture:
    """Return the picture of ``groups`` on one scale; empty when not a single lane has a date."""
    chosen = tuple(groups)
    days = [day for group in chosen for lane in group.lanes for day in _days(lane)]
    if not days:
        return Picture("", "", (), (), frozenset())
    scale = Scale(_quarter(min(days)), min(_after(max(days)), max(as_of, *days) + timedelta(days=1)))
    drawn = tuple(DrawnGroup(g.name, g.url, tuple(_lane(lane, scale) for lane in g.lanes)) for g in chosen)
    kinds = frozenset(bar.kind for group in drawn for lane in group.lanes for bar in lane.bars)
    return Picture(str(min(days).year), str(max(days).year), _grid(scale), drawn, kinds)


def _days(lane: Lane) -> list[date]:
    found = [day for span in lane.spans for day in (span.begin, span.end)]
    return found + [middle(when) for when in (lane.began, lane.ended) if when is not None and when.is_known]


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _next_quarter(day: date) -> date:
    return date(day.year + (day.month > 9), (day.month + 2) % 12 + 1, 1)


def _after(day: date) -> date:
    return _next_quarter(_quarter(day))


def _grid(scale: Scale) -> tuple[GridLine, ...]:
    """Years always; quarters as well while they have room; of many years only some are named."""
    years = scale.end.year - scale.begin.year + 1
    step = max(1, -(-years // 12))
    lines, day = [], scale.begin
    while day <= scale.end:
        is_year = day.month == 1
        if is_year and (day.year - scale.begin.year) % step == 0:
            label = str(day.year) if scale.at(day) < LAST_LABEL else ""
            lines.append(GridLine(_number(scale.at(day)), is_year=True, label=label))
        elif not is_year and years <= 4:
            label = SHORT_MONTHS[day.month - 1] if years <= 3 and scale.at(day) < LAST_LABEL else ""
            lines.append(GridLine(_number(scale.at(day)), is_year=False, label=label))
        day = _next_quarter(day)
    if lines and not any(line.is_year for line in lines):
        first = lines[0]
        lines[0] = GridLine(first.x, is_year=False, label=f"{first.label} {scale.begin.year}".strip())
    return tuple(lines)


def _lane(lane: Lane, scale: Scale) -> DrawnLane:
    if not _days(lane):
        everywhere = Bar("unclear", "0", "100", "100")
        return DrawnLane(lane, (everywhere,), "0", "start", 0, _said(lane), has_mark=False)
    bars = tuple(_bar(span, scale) for span in lane.spans)
    if lane.ended is not None and lane.ended.is_known:
        place = scale.at(middle(lane.ended))
    else:
        place = max((scale.at(span.end) for span in lane.spans), default=0.0)
    anchor, shift = _words_beside(place)
    return DrawnLane(
        lane=lane,
        bars=bars,
        at=_number(place),
        anchor=anchor,
        shift=shift,
        said=_said(lane),
    )


def _words_beside(place: float) -> tuple[str, int]:
    """How the words are hung on a mark, so that they stay in the picture on a narrow screen."""
    if place < LEFT_THIRD:
        return "start", -9
    return ("end", 9) if place > RIGHT_THIRD else ("middle", 0)


def _bar(span: Span, scale: Scale) -> Bar:
    begin, end = scale.at(span.begin), scale.at(span.end)
    return Bar(span.kind, _number(begin), _number(max(end - begin, NARROWEST)), _number(end))


def _said(lane: Lane) -> str:
    began = f"from {lane.began}" if lane.began is not None else ""
    words = ", ".join(filter(None, (began, lane.outcome, lane.note, lane.finality)))
    return f"{lane.label}: {words}"


def _number(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".")
