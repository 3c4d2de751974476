"""Which court of the record a source means: by what an editor said of this source, by the id, or by the name."""

from collections.abc import Iterable

from django.db.models import Q

from cases.models import Court
from imports.models import CourtName, Origin
from people.names import fold

NOT_STATED = "(court not stated)"
NOT_ESTABLISHED = "not-established"  # the record's own court for what no source says


class Courts:
    """The courts that one source's ids and names stand for, looked up once for a file."""

    def __init__(self, origin: Origin) -> None:
        rows = origin.court_names.select_related("court")
        self._said = {row.name: row.court for row in rows}
        self._found: dict[tuple[str, str], Court | None] = {}

    def find(self, court_id: str, name: str) -> Court | None:
        """Return the court, or None if an editor has yet to say which it is.

        Two courts of one name are none: the name does not tell them apart.
        """
        if (court_id, name) not in self._found:
            self._found[court_id, name] = self._look(court_id, name)
        return self._found[court_id, name]

    def _look(self, court_id: str, name: str) -> Court | None:
        for said in [court_id, name] if court_id or name else [NOT_STATED]:
            if said in self._said:
                return self._said[said]
        if not court_id and not name:
            return Court.objects.filter(slug=NOT_ESTABLISHED).first()
        if court_id:
            by_id = Court.objects.filter(source_key=court_id) | Court.objects.filter(slug=court_id.lower())
            if found := by_id.order_by("pk").first():
                return found
        return _only(court for court in _named(name)) if name else None


def _named(name: str) -> Iterable[Court]:
    folded = fold(name)
    alike = Q(folded__startswith=folded[:390]) | Q(short_name__iexact=" ".join(name.split()))
    rows = Court.objects.filter(alike) if folded else Court.objects.none()
    return (court for court in rows if folded in (fold(court.name), fold(court.short_name)))


def _only(courts: Iterable[Court]) -> Court | None:
    found = list(courts)
    return found[0] if len(found) == 1 else None


def called(court_id: str, name: str) -> str:
    """Return under what name an editor tells which court a source means."""
    return court_id or name or NOT_STATED


def name_court(origin: Origin, name: str, court: Court) -> CourtName:
    """Remember which court a source means by a name or an id."""
    row, _ = CourtName.objects.update_or_create(origin=origin, name=name, defaults={"court": court})
    return row
