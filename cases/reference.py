"""The reference data every installation starts with: jurisdictions, courts, appeal periods and dispositions.

Loading adds what is missing and changes nothing that is there: an administrator's words win.
"""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pghistory
from django.db import transaction
from django.utils.text import slugify

from cases.choices import CourtLevel, CourtSystem
from cases.models import AppealPeriod, Court, Disposition, Jurisdiction

DATA = Path(__file__).parent / "data"
FEDERAL = "United States"
TRIBAL = "Tribal nations (United States)"
DISTRICTS = {"N": "Northern ", "S": "Southern ", "E": "Eastern ", "W": "Western ", "M": "Middle ", "C": "Central "}
_SHORT_DISTRICT = re.compile(r"(?:United States )?(?:Bankruptcy|District) Court, (?:([NSEWMC])\.)?D\. (.+)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each kind were added."""

    jurisdictions: int = 0
    courts: int = 0
    dispositions: int = 0
    appeal_periods: int = 0

    def __str__(self) -> str:
        added = [f"{count} {what.replace('_', ' ')}" for what, count in asdict(self).items() if count]
        return f"Added {', '.join(added)}." if added else "Nothing to add."


@transaction.atomic
def load_reference() -> Loaded:
    """Add the jurisdictions, courts, dispositions and appeal periods that are not in the database yet."""
    courts = list(_courts())
    with pghistory.context(url="load_reference"):  # the history says which command wrote
        return Loaded(
            jurisdictions=_add_jurisdictions(name for name, _ in courts),
            courts=_add_courts(courts),
            dispositions=_add_dispositions(),
            appeal_periods=_add_appeal_periods(),
        )


@cache
def federal_court_names() -> dict[str, str]:
    """Return the names of the federal courts by their ids ("nysd"), and by what stands before .uscourts.gov.

    A host that several courts of the list share at its root names none of them. Reads the list, not the database.
    """
    names = _toml("courts/additions.toml")["names"]
    by_id: dict[str, str] = {}
    by_host: dict[str, list[str]] = {}
    with (DATA / "courts/courts.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["system"] != "federal":
                continue
            by_id[row["id"]] = names.get(row["id"]) or _full_name(row["name"].strip(), row["type"])
            address = urlsplit(row["url"])
            host = (address.hostname or "").removeprefix("www.")
            if address.path in ("", "/") and host.endswith(".uscourts.gov"):
                by_host.setdefault(host.removesuffix(".uscourts.gov"), []).append(by_id[row["id"]])
    return {label: found[0] for label, found in by_host.items() if len(found) == 1} | by_id


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _courts() -> Iterator[tuple[str, Court]]:
    """Yield the name of the jurisdiction and the court, not saved, for every court of the two files."""
    additions = _toml("courts/additions.toml")
    with (DATA / "courts/courts.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield _jurisdiction_name(row, additions["jurisdictions"]), _listed(row, additions["names"])
    for row in additions["court"]:
        name = row.pop("jurisdiction")
        yield name, Court(**{"system": CourtSystem.STATE, **row})


def _jurisdiction_name(row: dict[str, str], known: dict[str, str]) -> str:
    """Return whose law a listed court applies: a tribal or federal court does not belong to the state it sits in."""
    if row["system"] == "federal":
        return FEDERAL
    if row["system"] == "tribal":
        return TRIBAL
    return known.get(row["location"], row["location"])


def _listed(row: dict[str, str], names: dict[str, str]) -> Court:
    systems = CourtSystem.values
    levels = {"trial": CourtLevel.TRIAL, "bankruptcy": CourtLevel.TRIAL, "appellate": CourtLevel.APPELLATE}
    return Court(
        slug=row["id"].lower(),
        source_key=row["id"],
        name=names.get(row["id"]) or _full_name(row["name"].strip(), row["type"]),
        short_name=row["short_name"],
        system=row["system"] if row["system"] in systems else CourtSystem.OTHER,
        level=levels.get(row["type"], CourtLevel.OTHER),
        location=row["location"],
        citation_string=row["citation"],
        url=row["url"],
    )


def _full_name(name: str, court_type: str) -> str:
    """Return a federal court's name in full where the list shortens it: "District Court, N.D. Iowa"."""
    if name.startswith("Court of Appeals for the") and name.endswith("Circuit"):
        return f"United States {name}"
    short = _SHORT_DISTRICT.fullmatch(name)
    if short is None:
        return name
    kind = "Bankruptcy" if court_type == "bankruptcy" else "District"
    return f"United States {kind} Court for the {DISTRICTS.get(short[1], '')}District of {short[2]}"


def _add_jurisdictions(names: Iterable[str]) -> int:
    wanted = {slugify(name): name for name in names}
    missing = set(wanted) - set(Jurisdiction.objects.values_list("slug", flat=True))
    Jurisdiction.objects.bulk_create(Jurisdiction(slug=slug, name=wanted[slug]) for slug in sorted(missing))
    return len(missing)


def _add_courts(courts: list[tuple[str, Court]]) -> int:
    slugs = set(Court.objects.values_list("slug", flat=True))
    keys = set(Court.objects.exclude(source_key="").values_list("source_key", flat=True))
    jurisdictions = {jurisdiction.slug: jurisdiction for jurisdiction in Jurisdiction.objects.all()}
    missing = []
    for name, court in courts:
        if court.slug not in slugs and court.source_key not in keys:
            court.jurisdiction = jurisdictions[slugify(name)]
            missing.append(court)
    Court.objects.bulk_create(missing, batch_size=1000)
    return len(missing)


def _add_dispositions() -> int:
    there = set(Disposition.objects.values_list("slug", flat=True))
    missing = [
        Disposition(slug=slug, cls=row["class"], label=row["label"], sentence=row["sentence"])
        for slug, row in _toml("dispositions.toml").items()
        if slug not in there
    ]
    Disposition.objects.bulk_create(missing)
    return len(missing)


def _add_appeal_periods() -> int:
    there = set(AppealPeriod.objects.values_list("jurisdiction__slug", "case_kind"))
    missing = [
        AppealPeriod(jurisdiction=Jurisdiction.objects.get(slug=row.pop("jurisdiction")), **row)
        for row in _toml("appeal_periods.toml")["period"]
        if (row["jurisdiction"], row["case_kind"]) not in there
    ]
    AppealPeriod.objects.bulk_create(missing)
    return len(missing)
