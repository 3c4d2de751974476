"""The two cases that are entered twice, once for each way: as they stood before the decision; and what was written."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from cases import editing
from cases.models import Case, Charge, Citation, Court, Defendant, Event, Participant, Source
from people.models import Person

CAPTIONS = {
    "baldwin": ("State of New Mexico v. Alexander Rae Baldwin III", "alec-baldwin", ["Involuntary manslaughter"]),
    "gutierrez-reed": (
        "State of New Mexico v. Hannah Gutierrez-Reed",
        "hannah-gutierrez-reed",
        ["Involuntary manslaughter", "Tampering with evidence"],
    ),
}
BY = "administrator"
_ACT = (
    "category", "kind", "decision", "motion", "timeliness", "occurrence", "on", "precision", "qualifier", "until",
    "sequence", "entered_on", "title", "text", "editorial_state",
)  # fmt: skip
_OUTCOME = ("prejudice", "by", "reason", "jeopardy", "note")
_PART = ("kind", "years", "months", "days", "hours", "amount", "currency", "all_suspended", "order", "note")
_SOURCE = ("kind", "publisher", "title", "published_on")


def _slug(name: str, way: str) -> str:
    return f"{name}-entered-on-{way}"


def case(name: str, way: str) -> Case:
    """Return the case that is entered this way."""
    return Case.objects.get(slug=_slug(name, way))


def prepare(way: str) -> None:
    """Enter both cases as they stood before: who is charged with what, and the judge."""
    by = User.objects.get(username=BY)
    court = Court.objects.get(slug="nm-first-judicial-district")
    source = Source.objects.filter(title__startswith="Timeline of the Rust").order_by("pk")[0]
    with editing.sitting():
        for name, (caption, accused, charges) in CAPTIONS.items():
            home = editing.save(
                Case(slug=_slug(name, way), caption=caption, court=court, docket_number=f"bench-{name}-{way}"), by=by
            )
            defendant = editing.save(Defendant(case=home, person=Person.objects.get(slug=accused)), by=by)
            act = editing.save(
                Event(case=home, category="filing", kind="charges_filed", on=date(2023, 1, 31), title="Charges filed"),
                by=by,
            )
            for title in charges:
                editing.save(Charge(defendant=defendant, created_by=act, title=title), by=by)
            editing.save(Citation(event=act, source=source), by=by)
            judge = Person.objects.get(slug="mary-marlowe-sommer")
            editing.save(Participant(case=home, person=judge, role="judge", shown_by=act), by=by)
            editing.publish(act, by=by)
            editing.publish(home, by=by)


def _facts(name: str, way: str) -> list[dict[str, Any]]:
    acts = Event.objects.filter(case=case(name, way)).exclude(kind="charges_filed").order_by("on", "pk")
    return [
        {column: getattr(act, column) for column in _ACT}
        | {
            "actor": str(act.actor or ""),
            "concerns": sorted(str(one.person) for one in act.defendants.all()),
            "outcomes": sorted(
                (row.charge.title, row.disposition.slug, *(getattr(row, column) for column in _OUTCOME))
                for row in act.outcomes.all()
            ),
            "sentence": sorted(
                (part.charge.title, *(str(getattr(part, column)) for column in _PART))
                for part in act.sentence_parts.all()
            ),
            "sources": [
                (*(getattr(one.source, column) for column in _SOURCE), one.stance, one.quote, one.locator, one.note)
                for one in act.citations.all()
            ],
        }
        for act in acts
    ]


def differences(name: str) -> list[str]:
    """Return in what the two ways did not write the same."""
    ours, stock = _facts(name, "ours"), _facts(name, "stock")
    if len(ours) != len(stock):
        return [f"{len(ours)} acts and {len(stock)}"]
    return [
        f"{key}: {mine[key]!r} and {theirs[key]!r}"
        for mine, theirs in zip(ours, stock, strict=True)
        for key in mine
        if mine[key] != theirs[key]
    ]
