"""What of a mapping makes a row the same row as in an earlier file: whoever changes that loses what came before."""

from collections.abc import Mapping

from imports.reading.mapping import TableMapping

OWN, NAME = "the source’s own number of a row", "the name of the accused"


def changed(before: TableMapping, now: TableMapping) -> tuple[str, ...]:
    """Return, in words, what is otherwise of that by which rows of a source, and what stands in them, are known."""
    found = [
        words
        for words, was, is_ in (
            (OWN, before.key, now.key),
            ("the docket number", before.number, now.number),
            ("the court", (before.court, _sorted(before.courts)), (now.court, _sorted(now.courts))),
            (NAME, (before.party, before.order), (now.party, now.order)),
        )
        if was != is_
    ]
    if NAME in found and (before.key, now.key) == (before.party, now.party):
        found.remove(OWN)  # it is the name, where the source has no number
    if _stand_elsewhere(before, now):
        found.append("the order in which the charges stand")
    return tuple(found)


def _sorted(courts: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(courts.items())


def _stand_elsewhere(before: TableMapping, now: TableMapping) -> bool:
    """Whether the second charge of a row may now be what was its first. Columns added at the end move none."""
    if before.charge_list or now.charge_list:
        return before.charge_list != now.charge_list
    was, is_ = before.charge_columns, now.charge_columns
    return is_[: len(was)] != was
