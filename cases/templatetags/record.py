"""What templates say about the record in marks: icons, shapes of outcomes, work titles, short dates."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cases.law.dates import MONTHS, PartialDate
from cases.law.vocabulary import Precision

register = template.Library()

_WORK = re.compile(r"\*([^*\n]+)\*")

# Drawn on 10 by 10. Each look has a shape of its own, so that a reader needs no colour to tell them apart.
SHAPES: dict[str, str] = {
    "convicted": '<rect x="1" y="1" width="8" height="8" rx="1.2"/>',
    "plea": '<path d="M5 .2 9.8 5 5 9.8 .2 5z"/>',
    "acquitted": (
        '<path fill-rule="evenodd" d="M5 .4a4.6 4.6 0 1 1 0 9.2A4.6 4.6 0 0 1 5 .4Z'
        'm0 2.3a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6Z"/>'
    ),
    "dismissed": ('<path d="M2.1.6 5 3.5 7.9.6l1.5 1.5L6.5 5l2.9 2.9-1.5 1.5L5 6.5 2.1 9.4.6 7.9 3.5 5 .6 2.1z"/>'),
    "withdrawn": '<rect x=".5" y="3.6" width="9" height="2.8" rx="1"/>',
    "pending": (
        '<path fill-rule="evenodd" d="M5 .5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm0 1.2v6.6a3.3 3.3 0 0 1 0-6.6Z"/>'
    ),
    "resolved": '<path d="M.5 2.2h9v2.1h-9zM.5 5.7h9v2.1h-9z"/>',
    "closed": '<circle cx="5" cy="5" r="4"/>',
    "unknown": '<circle cx="1.5" cy="5" r="1.2"/><circle cx="5" cy="5" r="1.2"/><circle cx="8.5" cy="5" r="1.2"/>',
}

# Drawn on 20 by 20, in lines.
ICONS: dict[str, str] = {
    "search": '<path d="M8.8 3a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8.8 3ZM13 13l4.2 4.2"/>',
    "filter": '<path d="M3 5h14M6 10h8M8.5 15h3"/>',
    "chevron": '<path d="m5 7.5 5 5 5-5"/>',
    "info": '<path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM10 9.2v4.3M10 6.3v.1"/>',
    "warning": '<path d="M10 3 18 17H2zM10 8.5v3.5M10 14.6v.1"/>',
    "clock": '<path d="M3.5 10a6.5 6.5 0 1 1 2 4.7M3.2 16.2l.6-3.4 3.3.5M10 6.5V10l2.6 1.7"/>',
    "remove": '<path d="m5 5 10 10M15 5 5 15"/>',
    "lock": '<path d="M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2"/>',
    "incident": '<path d="M10 3 18 17H2zM10 8.5v3.5M10 14.6v.1"/>',
    "filing": '<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.7 10h5M7.7 13h5"/>',
    "hearing": '<path d="M10 3v14M5 17h10M3 6.5h14M5.5 6.5 3 12h5zM14.5 6.5 12 12h5z"/>',
    "ruling": '<path d="m10.8 2.6 4.6 4.6-2.7 2.7L8.1 5.3zM10 8.1 3.2 14.9l1.9 1.9 6.8-6.8M11.5 17h5.5"/>',
    "verdict": '<path d="M3 8.5h14v8.5H3zM6.5 8.5V3h7v5.5M8.4 5.4l1.2 1.3 2-2.4M7.5 12h5"/>',
    "judgment": '<path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM6.8 10.2l2.3 2.3 4.3-4.8"/>',
    "sentence": '<path d="M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2"/>',
    "appellate": '<path d="M10 17V4M5 9l5-5 5 5M4 17h12"/>',
    "custody": '<path d="M3.5 3.5h13v13h-13zM7.8 3.5v13M12.2 3.5v13"/>',
    "clemency_or_relief": '<path d="M10 17V8M10 8C6 8 4 6 4 3c4 0 6 2 6 5ZM10 11c0-3 2-5 6-5 0 3-2 5-6 5Z"/>',
    "statement": '<path d="M3 4h14v9.5H9.5L6 17v-3.5H3zM6.5 7.5h7M6.5 10h4.5"/>',
    "plea": '<path d="m4 16 .8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.4 6l2.6 2.6"/>',
    "dismissal": '<path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4ZM5 5l10 10"/>',
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon by name; an unknown name draws nothing."""
    lines = ICONS.get(name, "")
    return mark_safe(f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{lines}</svg>')  # noqa: S308 - our own drawing


@register.simple_tag
def act_icon(category: str, kind: str, *, key: bool = False) -> SafeString:
    """Draw the icon of an act: by its kind where that says more than its category."""
    if kind in ("notice_of_appeal", "withdrawal_of_appeal", "petition_for_review"):
        return icon("appellate")
    if kind in ("notice_of_dismissal", "dismissal") or (category == "ruling" and kind == "dismiss" and key):
        return icon("dismissal")
    if kind in ("plea_hearing", "plea_agreement"):
        return icon("plea")
    return icon(category)


@register.simple_tag
def badge(mark: str, label: str) -> SafeString:
    """Draw an outcome: its words, with the shape and colours of its look."""
    shape = SHAPES.get(mark, SHAPES["unknown"])
    drawn = mark_safe(f'<svg viewBox="0 0 10 10" aria-hidden="true">{shape}</svg>')  # noqa: S308 - our own drawing
    return format_html('<span class="badge o-{}">{}{}</span>', mark if mark in SHAPES else "unknown", drawn, label)


@register.simple_tag
def mark_shape(mark: str) -> SafeString:
    """The bare shape of a look, to stand inside an SVG; an acquittal's ring is filled with the ground."""
    hole = '<circle class="hole" cx="5" cy="5" r="4" stroke="none"/>' if mark == "acquitted" else ""
    return mark_safe(hole + SHAPES.get(mark, SHAPES["unknown"]))  # noqa: S308 - our own drawing


@register.filter
def works(text: str) -> SafeString:
    """Set the titles of works, marked by asterisks, in italics: ``*Rust*``. All else is escaped."""
    return mark_safe(_WORK.sub(r"<em>\1</em>", escape(text)))  # noqa: S308 - escaped first


@register.filter
def unmarked(text: str) -> str:
    """Take the asterisks around titles of works away, for places that can show no italics."""
    return _WORK.sub(r"\1", text)


@register.filter
def is_web(address: str) -> bool:
    """Whether an address leads to the web: only then it becomes a link."""
    return address.startswith(("https://", "http://"))


@register.filter
def in_year(when: PartialDate) -> str:
    """The date as said under a heading with its year: "12 Jul", "May"; for a year alone, "2024"."""
    if when.start is None or not when.is_known:
        return ""
    if when.precision is Precision.YEAR:
        return str(when.start.year)
    month = MONTHS[when.start.month - 1]
    if when.precision is Precision.MONTH:
        return month
    first = f"{when.start.day} {month[:3]}"
    if when.until and when.until > when.start:
        if (when.until.year, when.until.month) == (when.start.year, when.start.month):
            return f"{when.start.day}–{when.until.day} {month[:3]}"
        last = f"{when.until.day} {MONTHS[when.until.month - 1][:3]}"
        year = f" {when.until.year}" if when.until.year != when.start.year else ""
        return f"{first} – {last}{year}"
    return first


@register.filter
def rest_of_date(when: PartialDate) -> str:
    """The year that ``in_year`` leaves out, for those who do not see the heading."""
    if when.start is None or not when.is_known or when.precision is Precision.YEAR:
        return ""
    return str(when.start.year)
