"""The sources of an act: what an address tells is filled in, what the record has already is used again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.choices import Stance
from cases.models import Source
from cases.source_guess import Guess, guess
from desk.ruling.forms import SourceForm

ONE_OF_TWO = "Choose a source of the record, or paste an address: one of the two."
WHICH = "Choose the source of this, or paste its address."


@dataclass(frozen=True)
class Cited:
    """A source, new or of the record, with the columns of the citation: what it says of the act, and where."""

    source: Source
    says: dict[str, str]


def known_source(address: str) -> Source | None:
    """Return the source of the record with this address, also if what was pasted has a tracker or is a copy."""
    if not address or "\0" in address or len(address) > 2000:
        return None
    found = guess(address)
    spelt = {address.strip(), found.address, found.archive_of} - {""}
    rows = Source.objects.filter(url__in=spelt) | Source.objects.filter(archive_url=address.strip())
    return rows.order_by("pk").first()


def filled(data: Any, prefix: str) -> None:
    """Write into ``data`` what the pasted address tells, where nothing else was typed.

    What an earlier address told goes with it; what an editor wrote stays.
    """
    address = str(data.get(f"{prefix}-address", "")).strip()
    before = str(data.get(f"{prefix}-guessed", ""))
    if not address or address == before:
        return
    old, new = _told(before), _told(address)
    for name in SourceForm.ABOUT:
        if str(data.get(f"{prefix}-{name}", "")).strip() in ("", old[name]):
            data[f"{prefix}-{name}"] = new[name]
    data[f"{prefix}-guessed"] = address


def _told(address: str) -> dict[str, str]:
    found = guess(address) if address and len(address) <= 2000 else Guess()
    on = found.published_on
    return {
        "kind": found.kind,
        "publisher": found.publisher,
        "title": found.title,
        "published_on": on.isoformat() if isinstance(on, date) else "",
    }


def read(form: SourceForm) -> Cited | None:
    """Return what a row cites, None if it is empty. What is missing becomes an error beside its field."""
    form.full_clean()
    if form.is_blank or not form.is_valid():
        return None
    said = form.cleaned_data
    source = _source(form, said)
    if source is None or form.errors:
        return None
    words = {name: said[name] for name in ("quote", "locator", "relayed_from", "note")}
    return Cited(source, words | {"stance": said["stance"] or Stance.SUPPORTS.value})


def _source(form: SourceForm, said: dict[str, Any]) -> Source | None:
    chosen = Source.objects.filter(pk=said["source"]).first() if said["source"] else None
    known = known_source(said["address"])
    if chosen is not None:
        if said["address"] and known != chosen:
            form.add_error("address", ONE_OF_TWO)
        return chosen
    if known is not None:
        return known
    if not said["address"] and not said["title"]:
        form.add_error("source", WHICH)
        return None
    if not said["kind"]:
        form.add_error("kind", "Choose what sort of source this is.")
    if not said["title"]:
        form.add_error("title", "Enter its title.")
    if form.errors:
        return None
    told = guess(said["address"]) if said["address"] else Guess()
    about = {name: said[name] for name in SourceForm.ABOUT}
    if not said["address"] and (same := Source.objects.filter(url="", **about).order_by("pk").first()):
        return same  # a paper without an address, entered again in the same words
    return Source(url=told.address or said["address"], archive_url=told.archive_url, **about)
