"""Federal dockets in the JSON that ``juriscraper`` makes of PACER pages: district, appellate and multidistrict.

Only the standard library is needed. A docket's lists of counts become charges, its entries acts. What a list says of an
outcome is derived by ``dispositions`` from the words beside the count, never from the heading the count stands under.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from imports.reading.charges import Docketed
from imports.reading.courts import case_kind, docket_key
from imports.reading.dates import iso_date, on_day
from imports.reading.entries import concerning, docket_entry
from imports.reading.found import (
    Found,
    FoundAct,
    FoundCase,
    FoundOfficial,
    FoundParty,
    FoundRelation,
    LeftOut,
    NotReadableError,
    NotUnderstood,
)
from imports.reading.parties import called, party_of
from imports.reading.privacy import public_part
from imports.reading.shape import mapping, one_line, rows, text

NO_DOCKET = (
    "This file holds no docket: it has no court, docket number or parties. If it is a page of PACER, save the docket "
    "report itself and try again."
)
CONTACTS = "Addresses, telephone numbers and e-mail addresses of attorneys are never kept."
_KNOWN_AS = re.compile(
    r"\b(?:known as|doing business as|a/?k/?a|f/?k/?a|d/?b/?a)\b[:\s]*(.+?)(?=,? +(?:also known as|a/?k/?a)\b|\n|\Z)",
    re.IGNORECASE,
)
_WARRANT = re.compile(r"search (?:and seizure )?warrant|seizure warrant|grand jury|pen register|wiretap", re.IGNORECASE)


def parsed(data: bytes) -> Any:
    """Return the JSON value of a file's bytes, refusing whatever is no proper JSON in UTF-8."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadableError("This JSON file is not written in UTF-8. Save it as UTF-8 and try again.") from error
    try:
        value = json.loads(words, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise NotReadableError("This JSON file is nested too deeply to be a docket.") from error
    except ValueError as error:
        raise NotReadableError(
            "This file is not whole JSON: it may have been cut off. Fetch it again and try once more."
        ) from error
    if "\\u0000" in words or "\x00" in words:
        raise NotReadableError("This file holds NUL characters, which no text has. Fetch it again and try once more.")
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def is_docket(value: Any) -> bool:
    """Return whether a JSON value has the shape of one docket."""
    return isinstance(value, Mapping) and "docket_number" in value and isinstance(value.get("parties"), list)


def found(value: Any, *, source_kind: str, file_name: str, sha256: str) -> Found:
    """Return a docket's data (a mapping as ``juriscraper`` makes it) as what was found in its file."""
    if not is_docket(value) or not text(value.get("docket_number")).strip() or not text(value.get("court_id")).strip():
        raise NotReadableError(NO_DOCKET)
    return Found(source_kind, file_name, sha256, (docket(value),), totals(value))


def docket(data: Mapping[str, Any]) -> FoundCase:
    """Return one docket as a case with its parties, charges and acts."""
    court, number = text(data["court_id"]).strip(), text(data["docket_number"]).strip()
    caption = one_line(data.get("case_name")) or f"Docket {number}"
    seen: dict[str, int] = {}
    lost: list[NotUnderstood] = []
    entries: list[FoundAct] = []
    for place, row in enumerate(rows(data.get("docket_entries"))):
        if isinstance(row, Mapping):
            entries.append(docket_entry(public_part(row), seen))
        else:
            lost.append(_strange(f"docket entry {place + 1}", row))
    kind = case_kind(court, number)
    if _WARRANT.search(caption) and not _has_counts(data):
        kind = "investigation"
    keys: dict[str, int] = {}
    parties: list[FoundParty] = []
    docketed = Docketed(entries)
    accused = sum(1 for row in rows(data.get("parties")) if mapping(row).get("criminal_data"))
    for place, row in enumerate(rows(data.get("parties"))):
        if not isinstance(row, Mapping):
            lost.append(_strange(f"party {place + 1}", row))
            continue
        party = party_of(row, keys, court=court, kind=kind, number=_defendant_number(data, row, accused))
        parties.append(party)
        docketed.take(party, mapping(row.get("criminal_data")), alone=accused == 1)
    entries[:] = [concerning(entry, [one for one in parties if one.role == "defendant"]) for entry in entries]
    left, stripped = _left_out(data), list[str]()
    about = {name: value for name, value in data.items() if name not in ("parties", "docket_entries")}
    return FoundCase(
        key=docket_key(court, number),
        caption=caption,
        kind=kind,
        court_id=court,
        docket_number=number,
        filed=on_day(iso_date(text(data.get("date_filed")))),
        terminated=on_day(iso_date(text(data.get("date_terminated")))),
        parties=tuple(parties),
        charges=tuple(docketed.charges),
        acts=(*docketed.acts(), *entries),
        officials=_officials(data),
        relations=_relations(data),
        not_understood=(*lost, *docketed.not_understood),
        left_out=left,
        raw=public_part(about, stripped),
    )


def totals(data: Mapping[str, Any]) -> dict[str, int]:
    """Count what a docket's data holds, kind by kind, without looking at what became of it."""
    parties = [mapping(row) for row in rows(data.get("parties"))]
    criminal = [mapping(row["criminal_data"]) for row in parties if row.get("criminal_data")]
    counts = [mapping(count) for row in criminal for count in rows(row.get("counts"))]
    entries = rows(data.get("docket_entries"))
    return {
        "parties": len(parties),
        "defendants": sum(1 for row in parties if called(text(row.get("type"))) == "defendant"),
        "aliases": sum(_aliases(row) for row in parties),
        "attorney_links": sum(len(rows(row.get("attorneys"))) for row in parties),
        "criminal_parties": len(criminal),
        "counts": len(counts),
        "counts_pending": sum(1 for count in counts if count.get("status") == "pending"),
        "counts_terminated": sum(1 for count in counts if count.get("status") == "terminated"),
        "counts_with_disposition": sum(1 for count in counts if text(count.get("disposition")).strip()),
        "complaints": sum(len(rows(row.get("complaints"))) for row in criminal),
        "docket_entries": len(entries),
        "unnumbered_entries": sum(1 for entry in entries if not text(mapping(entry).get("document_number"))),
    }


def _aliases(row: Mapping[str, Any]) -> int:
    """Count the different names that a party's own words give as other names."""
    words = f"{text(row.get('name'))}\n{text(row.get('extra_info'))}"
    return len({name.strip(' ",;').casefold() for name in _KNOWN_AS.findall(words)})


def _strange(where: str, row: Any) -> NotUnderstood:
    return NotUnderstood(where, json.dumps(public_part(row), ensure_ascii=False), "It is no list of named fields.")


def _has_counts(data: Mapping[str, Any]) -> bool:
    criminal = (mapping(mapping(row).get("criminal_data")) for row in rows(data.get("parties")))
    return any(rows(row.get("counts")) or rows(row.get("complaints")) for row in criminal)


def _defendant_number(data: Mapping[str, Any], row: Mapping[str, Any], accused: int) -> str:
    """Return the number that the docket gives its one defendant: "6" in 1:09-cr-00073-JRH-6."""
    return text(data.get("federal_defendant_number")) if accused == 1 and row.get("criminal_data") else ""


def _left_out(data: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    attorneys = [mapping(a) for row in rows(data.get("parties")) for a in rows(mapping(row).get("attorneys"))]
    contacts = sum(1 for attorney in attorneys if text(attorney.get("contact")).strip())
    return (LeftOut("attorney_contacts", contacts, CONTACTS),) if contacts else ()


def _officials(data: Mapping[str, Any]) -> tuple[FoundOfficial, ...]:
    named = (("assigned_to_str", "Assigned to"), ("referred_to_str", "Referred to"))
    officials = [FoundOfficial(one_line(data.get(field)), "judge", role) for field, role in named]
    officials += [FoundOfficial(one_line(name), "panel_judge", "Panel") for name in rows(data.get("panel"))]
    return tuple(o for o in officials if o.name and o.name.casefold() != "not assigned")


def _relations(data: Mapping[str, Any]) -> tuple[FoundRelation, ...]:
    origin = mapping(data.get("originating_court_information"))
    number, court = text(origin.get("docket_number")).strip(), text(data.get("appeal_from")).strip()
    if not number:
        return ()
    key = text(origin.get("court_id")).strip()
    return (FoundRelation("appeal_of", court or key, number, f"{court} {number}".strip()),)
