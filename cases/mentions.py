"""Where the public can still read a defendant's surname in words that no seal reaches: captions, headlines, prose.

Sealing or withholding takes a name off everything derived. What an editor wrote freely, only an editor can mend.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.choices import Editorial, SourceKind
from cases.models import Case, Citation, Defendant, Event
from people.names import fold, sort_name


@dataclass(frozen=True, slots=True)
class Mention:
    """One text that still holds the name: what it is, and the row it stands in."""

    what: str
    row: Case | Event | object


def surname_of(name: str) -> str:
    """Return the folded surname that a text is looked through for: "gutierrez reed" of "Hannah Gutierrez-Reed"."""
    given = fold(name).split()
    words = sort_name(name).split()
    if len(given) < 2:
        return " ".join(given)
    surname: list[str] = []
    for word in words:
        if word == given[0]:
            break
        surname.append(word)
    return " ".join(surname or given[-1:])


def mentions(defendant: Defendant) -> list[Mention]:
    """Return the public texts around the defendant's case that still hold the surname, in reading order."""
    surname = surname_of(defendant.person.name)
    return [
        Mention(what, row)
        for what, text, row in _texts(defendant.case)
        if f" {surname} " in f" {fold(text)} "
    ]  # fmt: skip


def _texts(case: Case) -> Iterator[tuple[str, str, object]]:
    """Yield what a text is, the text, and its row: of the case, its matter, their acts and the reports cited."""
    yield "the case's address", case.slug, case
    yield "the case's name", case.caption, case
    yield "the case's summary", case.summary, case
    matter = case.matter
    if matter is not None:
        yield "the matter's title", matter.title, matter
        yield "the matter's summary", matter.summary, matter
    acts = Event.objects.published().filter(case=case)
    if matter is not None:
        acts = acts | Event.objects.published().filter(matter=matter)
    for act in acts.order_by("on", "pk"):
        yield f"the headline “{act.title}”", act.title, act
        yield f"the text of “{act.title}”", act.text, act
    citations = Citation.objects.filter(event__in=acts, event__editorial_state=Editorial.PUBLISHED)
    for cited in citations.exclude(source__kind=SourceKind.TIP).select_related("source").order_by("pk"):
        yield f"a quotation from {cited.source}", f"{cited.quote} {cited.note}", cited.source
        yield f"the source {cited.source}", cited.source.title, cited.source
