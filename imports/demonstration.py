"""The second demonstration record: FiveThirtyEight's special investigations, by this very import, then published."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.choices import Editorial
from cases.models import Case, Event, Matter
from imports.accepting import accept
from imports.bringing import bring
from imports.choices import Decision, Kind
from imports.models import Batch, SourceKey

FILE = Path(__file__).parent / "data" / "russia-investigation" / "russia-investigation.csv"
ADDRESS = "https://github.com/fivethirtyeight/data/tree/master/russia-investigation"
MAPPING = "russia-investigation"
DESPITE = "A demonstration: one table is the only source, and every act says so."

AS_IT_STOOD = (
    "Told as FiveThirtyEight's table of special investigations tells it. What happened after that table was last "
    "changed, pardons too, is not in this demonstration."
)


def load_investigations(*, by: User) -> Batch | None:
    """Bring in, accept and publish the file that ships with the program. Does nothing if it was brought in before.

    All of it is one sitting: it is there whole, or not at all. ``by`` has to be allowed to publish their own work.
    Raises ``ValidationError``.
    """
    if Batch.objects.filter(origin__slug=MAPPING).exists():
        return None
    with editing.sitting(by=by):
        batch = bring(FILE, by=by, table=MAPPING)
        told = accept(batch, by=by)
        if told.reasons:
            raise ValidationError([f"{number} could not be accepted: {why}" for why, number in told.reasons.items()])
        if batch.source is not None:
            batch.source.url = ADDRESS
            editing.save(batch.source, by=by)
        _publish(batch, by=by)
    return batch


def _publish(batch: Batch, *, by: User) -> None:
    """Publish the acts of a batch, then its cases, then their matters: each rests on the one before."""
    accepted = SourceKey.objects.filter(proposal__batch=batch, proposal__decision=Decision.ACCEPTED)
    acts = Event.objects.filter(pk__in=accepted.filter(kind=Kind.ACT).values("row"))
    cases = Case.objects.filter(pk__in=accepted.filter(kind=Kind.CASE).values("row"))
    matters = Matter.objects.filter(cases__in=cases).distinct()
    homes: list[Case | Matter] = [*cases.order_by("pk"), *matters.order_by("pk")]
    for home in homes:
        home.summary = AS_IT_STOOD
        editing.save(home, by=by)
    for row in acts.filter(editorial_state=Editorial.DRAFT).order_by("pk"):
        editing.publish(row, by=by, despite=DESPITE)
    for case in cases.order_by("pk"):
        editing.publish(case, by=by, despite=DESPITE)
    for matter in matters.order_by("pk"):
        editing.publish(matter, by=by, despite=DESPITE)
