"""Where the public can still read a defendant's surname in words that no seal reaches: captions, headlines, prose.

Sealing or withholding takes a name off everything derived. What an editor wrote freely, only an editor can mend.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.choices import Editorial, SourceKind
from cases.law.vocabulary import APPEAL_RELATIONS
from cases.models import Case, Citation, Correction, Defendant, Event
from cases.querysets import named_defendants, named_participants
from cases.surnames import surname_of
from people.models import Merge
from people.names import fold_prose

_PARTS = "cases.Defendant.person"  # under which a merge notes the defendants it moved


@dataclass(frozen=True, slots=True)
class Mention:
    """One text that still holds the name: what it is, and the row it stands in."""

    what: str
    row: Case | Event | object


def mentions(defendant: Defendant) -> list[Mention]:
    """Return the public texts around the defendant's case that still hold a surname of theirs, in reading order.

    A person has the surnames of their other names too: who was merged stands in texts under the old one.
    """
    person = defendant.person
    surnames = {surname_of(name) for name in (person.name, *person.names.values_list("text", flat=True))}
    found = [
        Mention(what, row)
        for what, text, row in _texts(defendant.case)
        if any(f" {surname} " in f" {fold_prose(text)} " for surname in surnames if surname)
    ]
    return [*found, *_names_brought(defendant)]


def _names_brought(defendant: Defendant) -> Iterator[Mention]:
    """Names that came with the defendant by a merge, while the person is shown for other parts than this one."""
    person = defendant.person
    elsewhere = named_defendants().filter(person=person).exclude(pk=defendant.pk)
    if not (elsewhere.exists() or named_participants().filter(person=person).exists()):
        return
    for merge in Merge.objects.filter(kept=person, undone_at=None).order_by("pk"):
        if defendant.pk in merge.record["moved"].get(_PARTS, []):
            for name in person.names.filter(pk__in=merge.record["names"]["made"]).order_by("pk"):
                yield Mention(f"the other name “{name}” on the page of {person}", name)
            yield Mention(f"the old address “{merge.absorbed_slug}”, which leads to {person}: undo the merge", merge)


def _texts(case: Case) -> Iterator[tuple[str, str, object]]:
    """Yield what a text is, the text, and its row: of the case, its matter, their acts and the reports cited."""
    yield "the case's address", case.slug, case
    yield "the case's name", case.caption, case
    yield "the case's summary", case.summary, case
    matter = case.matter
    if matter is not None:
        yield "the matter's title", matter.title, matter
        yield "the matter's summary", matter.summary, matter
    higher = case.relations_in.filter(kind__in=sorted(APPEAL_RELATIONS), case__editorial_state=Editorial.PUBLISHED)
    appeals = [relation.case for relation in higher.select_related("case").order_by("pk")]
    for appeal in appeals:
        yield f"the name of the appeal “{appeal}”", appeal.caption, appeal
        yield f"the summary of the appeal “{appeal}”", appeal.summary, appeal
    acts = Event.objects.published().filter(case__in=[case, *appeals])
    if matter is not None:
        acts = acts | Event.objects.published().filter(matter=matter)
    for act in acts.order_by("on", "pk"):
        yield f"the headline “{act.title}”", act.title, act
        yield f"the text of “{act.title}”", act.text, act
    citations = Citation.objects.filter(event__in=acts, event__editorial_state=Editorial.PUBLISHED)
    for cited in citations.exclude(source__kind=SourceKind.TIP).select_related("source").order_by("pk"):
        yield f"a quotation from {cited.source}", f"{cited.quote} {cited.note}", cited.source
        yield f"the source {cited.source}", cited.source.title, cited.source
    for said in Correction.objects.filter(places__case__in=[case, *appeals]).distinct().order_by("pk"):
        yield f"the correction of {said.made_at:%-d %B %Y}", said.sentence, said
