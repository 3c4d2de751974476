"""The whole screen: what was typed, what it offers, and the acts that it would enter."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from cases.law.civil import of_a_claim
from cases.law.dates import PartialDate
from cases.law.vocabulary import CaseKind, Category, Occurrence
from cases.models import Case, Charge, Defendant, Event, Outcome, SentencePart
from desk.publishing import Line
from desk.ruling import apart, guarding, offers
from desk.ruling.days import read_day
from desk.ruling.docket import Docket
from desk.ruling.drafts import Draft
from desk.ruling.foresight import Foresight, foresee
from desk.ruling.forms import EVERYBODY, MOST_ROWS, ActForm, ApartForm, PartForm, as_typed, count_of, kind_of, numbered
from desk.ruling.headlines import headline
from desk.ruling.kinds import UNSTATED, kind_of_verdict
from desk.ruling.rows import Rows
from desk.sourcing import NEEDED, SourcingForm, fill

EVERY = "all"  # a part of a sentence that is the same for each conviction
NO_OUTCOME = "Choose the outcome of at least one charge: without it nobody can say what the verdict was."
NO_HEADLINE = "Write a headline: only you can say what this was."
WHOM = "There are several defendants. Tick whom it concerned, or “Everybody”."
OTHER_CASE = "A sentence is imposed in the charge's own case. Enter it there."
_KEPT = ("outcome-", "all", "some-", "part-", "apart-")


class Screen:
    """Everything the screen shows. With ``judge``, what was typed is checked, and errors stand beside their fields.

    What the addresses of sources tell is filled in. Not so with ``writes``: then it is to be looked at first.
    """

    most_rows = MOST_ROWS

    def __init__(self, docket: Docket, data: Any, *, judge: bool, writes: bool = False) -> None:
        self.docket, self.data, self.judged = docket, data, judge
        self.kind = kind_of(data)
        for number in range(0 if writes else self.source_count):
            fill(data, f"source-{number}")
        decision = str(data.get("decision", ""))
        self.decision = "" if decision == UNSTATED else decision
        self.place = self._place()
        self.act = self._act_form()
        self.rows = Rows(docket, self.kind, self.decision, self.place, day=self.day, data=data)
        self.cited = numbered(SourcingForm, "source", data, self.source_count, judge=judge, offered=docket.sources)
        self.parts = self._part_forms()
        self.aparts = self._apart_forms()
        self.above: list[str] = []

    def _place(self) -> Case:
        said = str(self.data.get("place", ""))
        by_kind = self.docket.default_place(self.kind)
        return next((case for case in self.docket.places if str(case.pk) == said), by_kind)

    def _act_form(self) -> ActForm:
        more: dict[str, Any] = {"docket": self.docket, "kind": self.kind, "place": self.place}
        if self.judged:
            return ActForm(self.data, **more)
        typed = as_typed(ActForm, self.data) | {"place": str(self.place.pk)}
        if not typed.get("jeopardy"):
            typed["jeopardy"] = "unknown"
        if not typed.get("actor") and self.kind is not None and self.kind.is_plea:
            accused = self.docket.accused()
            typed["actor"] = str(accused[0].pk) if len(accused) == 1 else ""
        return ActForm(initial=typed, **more)

    @property
    def noun(self) -> str:
        """What is decided on: charges, or in a civil case claims."""
        return "claim" if self.is_civil else "charge"

    @property
    def is_civil(self) -> bool:
        """Whether the act stands in a civil case."""
        return CaseKind.CIVIL in (self.place.kind, self.docket.case.kind)

    @property
    def source_count(self) -> int:
        """How many sources there is room for."""
        return count_of(self.data, "sources")

    @property
    def part_count(self) -> int:
        """How many parts of a sentence there is room for."""
        return count_of(self.data, "parts")

    @property
    def apart_count(self) -> int:
        """How many charges there is room to say something of apart."""
        return count_of(self.data, "aparts")

    @cached_property
    def when(self) -> PartialDate | None:
        """The date as it was typed; None where it can not be read yet."""
        try:
            return read_day(str(self.data.get("on", "")))
        except ValidationError:
            return None

    @property
    def day(self) -> date:
        """The day on which the charges' present status is told: that of the act, today at the latest."""
        if self.when is None or not self.when.is_known:
            return self.docket.today
        return min(self.when.latest, self.docket.today)

    # --- parts of a sentence -------------------------------------------------------------------------------------

    @property
    def shows_parts(self) -> bool:
        """Whether the screen has room for the parts of a sentence."""
        return self.kind is not None and not self.is_civil and (self.kind.sentences or self.kind.may_sentence_at_once)

    @cached_property
    def convictions(self) -> list[Charge]:
        """The charges of the act's own case that stand convicted, or do so by this act."""
        by_act = {one.charge.pk for one in self.rows.chosen() if one.disposition.cls == "conviction"}
        rows = [row for group in self.rows.groups if group.case == self.place for row in group.rows]
        return [row.charge for row in rows if row.is_convicted or row.charge.pk in by_act]

    def _part_forms(self) -> list[PartForm]:
        if not self.shows_parts:
            return []
        guilty = {charge.pk for charge in self.convictions}
        several = len(self.rows.groups) > 1
        own = [row for group in self.rows.groups if group.case == self.place for row in group.rows]
        named = [
            (row.charge.pk, f"{row.defendant.person}: {row.charge}" if several else str(row.charge)) for row in own
        ]
        convicted = [one for one in named if one[0] in guilty]
        rest = [one for one in named if one[0] not in guilty]
        options: list[Any] = [("", "Choose")] if len(convicted) != 1 else []
        options += [(EVERY, f"Each of the {len(convicted)} convictions")] if len(convicted) > 1 else []
        options += convicted
        if rest:
            options.append(("Not convicted, as far as is entered", rest))
        only = str(convicted[0][0]) if len(convicted) == 1 else ""
        more: dict[str, Any] = {"charges": options, "only": only, "case": self.place}
        return numbered(PartForm, "part", self.data, self.part_count, judge=self.judged, **more)

    @property
    def shows_aparts(self) -> bool:
        """Whether something may be said of one charge apart: the act decides about charges."""
        return self.rows.decides and bool(self.rows.rows) and not self.rows.expects_nothing

    def _apart_forms(self) -> list[ApartForm]:
        if not self.shows_aparts:
            return []
        more: dict[str, Any] = {"charges": apart.options(self.rows.groups, self.noun), "civil": self.is_civil}
        return numbered(ApartForm, "apart", self.data, self.apart_count, judge=self.judged, **more)

    # --- what was typed, as rows ---------------------------------------------------------------------------------

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What was chosen for each charge, with what is said for the whole act."""
        found = []
        said = self.act.cleaned_data if self.judged and self.act.is_valid() else {}
        for one in self.rows.chosen():
            slug, ended = one.disposition.slug, offers.is_dismissal(one.disposition.slug, one.disposition.cls)
            reasoned = ended and self.kind is not None and self.kind.is_reasoned
            by = said.get("by", "") if ended else ""
            found.append(
                Outcome(
                    charge=one.charge,
                    disposition=one.disposition,
                    prejudice=offers.prejudice_of(slug),
                    by=offers.by_of(slug, self.kind, by) if self.kind is not None else "",
                    reason=said.get("reason", "") if reasoned else "",
                    jeopardy=(said.get("jeopardy") if reasoned else "") or "unknown",
                )
            )
        apart.apply(self.aparts, found)
        return found

    @cached_property
    def sentence(self) -> list[SentencePart]:
        """The parts of the sentence. What is wrong becomes an error beside its field."""
        found = []
        own = {
            row.charge.pk: row.charge for group in self.rows.groups if group.case == self.place for row in group.rows
        }
        for form in self.parts:
            if form.is_blank or not form.is_valid():
                continue
            said = dict(form.cleaned_data)
            chosen = said.pop("charge")
            charges = self.convictions if chosen == EVERY else [own[int(chosen)]] if chosen in map(str, own) else []
            if not charges:
                form.add_error("charge", OTHER_CASE)
            found += [SentencePart(charge=charge, **said) for charge in charges]
        return found

    @cached_property
    def citing(self) -> dict[int, SourcingForm]:
        """The sources that are named, by their place on the screen. What is wrong becomes an error beside its field."""
        return {number: form for number, form in enumerate(self.cited) if form.is_valid() and not form.is_blank}

    @cached_property
    def drafts(self) -> list[Draft]:
        """The acts that would be entered: one, or a plea or verdict and the sentence of the same day.

        Empty where something that every act needs is missing or wrong.
        """
        if not self.judged or not self.act.is_valid() or self.kind is None or self.rows.errors:
            return []
        if self.kind.is_verdict and not self.outcomes:
            return []
        draft = Draft(self._event(), self.outcomes, self.sentence if self.kind.sentences else [])
        draft.concerned = self._concerned(draft)
        if self.act.errors:
            return []
        self._title(draft)
        drafts = [draft]
        if self.kind.may_sentence_at_once and self.sentence:
            drafts.append(self._sentence_of(draft))
        for one in drafts:
            rows = [form.citation(one.event) for form in self.citing.values()]
            one.citations = [row for row in rows if row is not None]
        return drafts

    def _event(self) -> Event:
        said, when, kind = self.act.cleaned_data, self.act.cleaned_data["on"], self.kind
        if kind is None:
            raise ValueError("Nobody said what happened.")
        terms = [(row.disposition.slug, row.disposition.cls) for row in self.outcomes]
        actor = int(said["actor"]) if said["actor"] else None
        return Event(
            case=self.place,
            category=kind.category.value,
            kind=kind_of_verdict(terms) if kind.is_verdict else kind.kind,
            decision=said["decision"],
            timeliness=said["timeliness"] if kind.is_ruling else "",
            occurrence=Occurrence.HELD.value,
            on=when.start,
            precision=when.precision.value,
            qualifier=said["qualifier"],
            until=said["until"],
            sequence=said["sequence"],
            entered_on=said["entered_on"] if kind.has_written_order else None,
            reverses_id=int(said["reverses"]) if said["reverses"] and kind.may_reverse else None,
            actor_id=actor,
            title=said["headline"],
            text=said["text"],
        )

    def _concerned(self, draft: Draft) -> list[Defendant]:
        """Return who was ticked; or whose charges it decides; or who pleads, or appeals. Empty: everybody."""
        near = self.docket.defendants_at(self.place)
        ticked = set(self.act.cleaned_data.get("concerned", ()))
        if ticked:
            return [] if EVERYBODY in ticked else [row for row in near if str(row.pk) in ticked]
        about = {row.charge.defendant_id for row in draft.outcomes} | {row.charge.defendant_id for row in draft.parts}
        if draft.event.category in (Category.HEARING, Category.FILING):
            about |= {row.pk for row in near if row.person_id == draft.event.actor_id}
        if not about and len(near) > 1 and "concerned" not in self.act.errors:
            self.act.add_error("concerned", WHOM)
        return [row for row in near if row.pk in about] if 0 < len(about) < len(near) else []

    def _title(self, draft: Draft) -> None:
        if not draft.event.title:
            draft.event.title = headline(draft.event, draft.outcomes, draft.parts, case_kind=self.place.kind)

    def _sentence_of(self, first: Draft) -> Draft:
        """Return the sentence that was given the same day as the plea, the verdict or the judgment."""
        was = first.event
        event = Event(
            case=was.case, category="sentence", kind="imposed", occurrence=was.occurrence, on=was.on,
            precision=was.precision, qualifier=was.qualifier, until=was.until,
            actor_id=was.actor_id if was.category != "hearing" else None, entered_on=was.entered_on,
        )  # fmt: skip
        draft = Draft(event, [], self.sentence)
        draft.concerned = self._concerned(draft)
        self._title(draft)
        return draft

    # --- judging -------------------------------------------------------------------------------------------------

    def is_valid(self, *, needs_source: bool = False) -> bool:
        """Whether it can be written. What is wrong stands beside its field, or in ``above``."""
        good = self.act.is_valid()
        self.rows.chosen()
        drafts, citing, _ = self.drafts, self.citing, self.sentence  # each puts its errors beside its fields
        if self.kind is not None and self.kind.is_verdict and not self.outcomes and not self.rows.errors:
            self.above.append(of_a_claim(NO_OUTCOME, civil=self.is_civil))
        if any(not draft.event.title for draft in drafts):
            self.act.add_error("headline", NO_HEADLINE)
        if needs_source and not citing and not any(form.errors for form in self.cited):
            self.cited[0].add_error("source", NEEDED)
        return good and not self.is_marked and bool(drafts) and not self.above

    def _begun(self) -> list[PartForm | ApartForm]:
        both: list[PartForm | ApartForm] = [*self.parts, *self.aparts]
        return [form for form in both if not form.is_blank]

    @property
    def is_marked(self) -> bool:
        """Whether an error stands beside a field."""
        return bool(self.rows.errors) or any(form.errors for form in (self.act, *self.cited, *self._begun()))

    @property
    def amiss(self) -> list[str]:
        """What is missing or wrong of all that the record needs to say anything."""
        wrong = {name: words for name, words in self.act.errors.items() if name in self.act.fields}
        told = [f"{self.act[name].label}: {' '.join(map(str, words))}" for name, words in wrong.items()]
        told += list(self.rows.errors.values())
        missing = of_a_claim(NO_OUTCOME, civil=self.is_civil)
        return told or ([missing] if self.kind is not None and self.kind.is_verdict else [])

    @cached_property
    def foresight(self) -> Foresight | None:
        """What the record will say; None while something that every act needs is missing."""
        return foresee(self.docket, self.drafts, self.place) if self.drafts else None

    @cached_property
    def guard(self) -> list[Line]:
        """What stands between the act and the public, each with the place where it is mended."""
        return guarding.lines(self.docket, self.drafts) if self.drafts else []

    @property
    def told_above(self) -> list[Line]:
        """What is wrong with no single field, each with the link to where it is mended, as far as that is known."""
        return guarding.told(self.above, self.docket, self.guard) if self.above else []

    @property
    def more_of_act(self) -> list[str]:
        """The fields of the act that stand behind "more"."""
        return [name for name in ("entered_on", "timeliness", "reverses") if name in self.shown_of_act]

    @property
    def has_more(self) -> bool:
        """Whether anything stands behind "more"."""
        return self.shows_aparts or bool(self.more_of_act)

    @property
    def more_words(self) -> str:
        """What stands behind "more", in words."""
        several = len(self.rows.rows) > 1
        apart = f"what differs from {self.noun} to {self.noun}" if several else "prejudice, a note"
        told = {"entered_on": "the written order", "timeliness": "", "reverses": "what it reverses"}
        words = [apart] if self.shows_aparts else []
        return f"More: {', '.join([*words, *filter(None, (told[name] for name in self.more_of_act))])}"

    @property
    def opens_more(self) -> bool:
        """Whether what stands behind "more" is shown at once: something is typed there, or wrong."""
        typed = any(self.act[name].value() or name in self.act.errors for name in self.more_of_act)
        return typed or any(field.value() or field.errors for form in self.aparts for field in form)

    @property
    def opens_parts(self) -> bool:
        """Whether a sentence of the same day is being entered."""
        begun = any(form["kind"].value() or form["amount"].value() for form in self.parts)
        return begun or len(self.parts) > 1 or any(form.errors for form in self.parts)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed into fields that this kind of act does not show: it comes back when they are shown again."""
        shown = {row.name for row in self.rows.rows if self.rows.decides}
        shown |= {self.rows.all_name, *(group.all_name for group in self.rows.groups)} - {""}
        lines = [line for group in self.rows.groups for line in group.lines]
        shown |= {name for line in lines for name in (line.name, line.counts_name)}
        shown |= {field.html_name for form in (*self.parts, *self.aparts) for field in form}
        typed = [(name, str(self.data.get(name, ""))) for name in self.data if name.startswith(_KEPT)]
        typed += [("parts", str(self.part_count))] if not self.shows_parts else []
        typed += [("aparts", str(self.apart_count))] if not self.shows_aparts else []
        typed += [(name, str(self.data.get(name, ""))) for name in self.hidden_of_act if name in self.data]
        return [(name, value) for name, value in typed if value and name not in shown][:2000]

    @property
    def shown_of_act(self) -> list[str]:
        """The fields of the act that depend on its kind, as far as this kind has them."""
        kind = self.kind
        if kind is None:
            return []
        shown = ["place"] if len(self.docket.places) > 1 else []
        shown += ["actor", *(("actor_name",) if kind.takes_new_name else ())]
        if self.act.namesakes and kind.takes_new_name:
            shown.append("actor_is")
        shown += ["by"] if kind.names_mover and self.rows.decides else []
        shown += ["reason"] if kind.is_reasoned and self.rows.decides else []
        shown += ["jeopardy"] if "reason" in shown and self.noun == "charge" else []
        shown += ["timeliness"] if kind.is_ruling else []
        shown += ["entered_on"] if kind.has_written_order else []
        shown += ["reverses"] if kind.may_reverse and self.rows.decides else []
        shown += ["concerned"] if len(self.docket.defendants_at(self.place)) > 1 else []
        return shown

    @property
    def hidden_of_act(self) -> list[str]:
        """The fields of the act that depend on its kind, and that this kind has not."""
        depends = ("place", "actor", "actor_name", "actor_is", "by", "reason", "jeopardy", "timeliness", "entered_on")
        return [name for name in (*depends, "reverses") if name not in self.shown_of_act]
