"""Files as a reader hands them back, built by hand: one docket with two accused, and newer states of it."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from imports.reading.found import (
    Found,
    FoundAct,
    FoundAttorney,
    FoundCase,
    FoundCharge,
    FoundOutcome,
    FoundPart,
    FoundParty,
    LeftOut,
    NotUnderstood,
    When,
)


def day(number: int) -> When:
    """A day of March 2021."""
    return When(date(2021, 3, number), "day")


def docket(number: str = "1:21-cr-00007", **changes: Any) -> FoundCase:
    """A docket: two accused, a plaintiff with counsel, a witness who is not brought in, and four entries."""
    ada = FoundParty(
        "ada", "Ada Quillfeather", "defendant", "Defendant", aliases=("Ada Q.",),
        attorneys=(FoundAttorney("Rex Counsel", ("LEAD ATTORNEY",)),),
    )  # fmt: skip
    bob = FoundParty(
        "bob", "Bob Marrowbone", "defendant", "Defendant",
        attorneys=(FoundAttorney("Rex Counsel", ("Public Defender or Community Defender Appointment",)),),
    )  # fmt: skip
    usa = FoundParty(
        "usa", "USA", "government", "Plaintiff", kind="government_body", attorneys=(FoundAttorney("Pat Prosecutor"),)
    )
    witness = FoundParty(
        "wit", "Wilma Bystander", "other", "Material Witness", "A material witness is not accused of anything."
    )
    indictment = FoundAct(
        "1", "Indictment", day(1), "filing", "indictment", number="1", raw_text="INDICTMENT as to Ada Quillfeather (1)"
    )
    notice = FoundAct("2", "Notice of appearance", day(2), number="2", about=("ada",), raw_text="NOTICE of Appearance")
    again = FoundAct("2#2", "Notice of appearance", day(2), number="", about=("ada",), raw_text="NOTICE of Appearance")
    judgment = FoundAct(
        "3", "Judgment", day(9), "judgment", "conviction_entered", number="3", about=("ada",), raw_text="JUDGMENT",
        outcomes=(FoundOutcome("ada-1", "convicted_jury", raw_text="guilty"),
                  FoundOutcome("ada-2", "unknown", raw_text="see order")),
        sentence=(FoundPart("ada-1", "prison", months=14),
                  FoundPart("ada-1", "fine", amount="1860.00", currency="USD")),
    )  # fmt: skip
    charges = (
        FoundCharge(
            "ada-1", "ada", "Wire fraud", "1", 1, statute="18:1343", section="pending", instrument="indictment",
            disposition="convicted_jury", disposition_raw="guilty", raw_text="18:1343 WIRE FRAUD(1)",
        ),
        FoundCharge("ada-2", "ada", "Bank fraud", "1", 2, 4, section="terminated", disposition_raw="see order"),
        FoundCharge("bob-1", "bob", "Wire fraud", "1", 1, section="pending"),
    )  # fmt: skip
    found = FoundCase(
        f"dcd:{number}", "United States v. Quillfeather", "criminal", "dcd", "District of Columbia", number,
        filed=day(1), parties=(ada, bob, usa, witness), charges=charges, acts=(indictment, notice, again, judgment),
        not_understood=(NotUnderstood("Party 4, extra line", "(Ret.)", "No reader knows what this means."),),
        left_out=(LeftOut("attorney_contacts", 3, "Contacts are never kept."),),
    )  # fmt: skip
    return replace(found, **changes)


def file(*cases: FoundCase, name: str = "docket.json", kind: str = "pacer_json", **totals: int) -> Found:
    """A file of cases, with the reader's own counts."""
    told = sha256(repr((cases, name)).encode()).hexdigest()
    return Found(kind, name, told, cases, totals, mapping="" if kind != "table" else "a-table")


def with_party(case: FoundCase, key: str, **changes: Any) -> FoundCase:
    """The same docket with one party changed."""
    return replace(case, parties=tuple(replace(p, **changes) if p.key == key else p for p in case.parties))


def with_act(case: FoundCase, key: str, **changes: Any) -> FoundCase:
    """The same docket with one act changed."""
    return replace(case, acts=tuple(replace(a, **changes) if a.key == key else a for a in case.acts))
