"""Source: a document that says something. Citation: what it says about an act, and where."""

from django.db import models
from django.db.models import F, Q

from cases import choices
from cases.models.columns import choice, line, prose, rule
from cases.models.event import Event
from people.rules import RulesAtOnce
from people.tracking import tracked


@tracked()
class Source(RulesAtOnce):
    """A court record, report or statement. A tip is never publishable."""

    kind = choice(choices.SourceKind.choices)
    publisher = line(200, help_text="The court, agency or newspaper.")
    title = line(300, blank=False)
    url = models.URLField("address", max_length=1000, blank=True)
    archive_url = models.URLField("archived copy", max_length=1000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    relays = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_by",
        help_text="The source this one repeats, if that is in the record.",
    )

    class Meta:
        constraints = [
            rule("source_has_title", ~Q(title=""), "Enter a title."),
            rule("source_not_its_own_relay", ~Q(relays=F("id")), "A source can not relay itself."),
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="source_url_once",
                violation_error_message="This address is already a source. Choose that source instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.publisher else self.title


@tracked("event", "source")
class Citation(models.Model):
    """What a source says about an act: it supports or contradicts it, with quote and place."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    stance = choice(choices.Stance.choices, default=choices.Stance.SUPPORTS)
    quote = prose(help_text="The source's own words.")
    locator = line(120, help_text="Page, paragraph, minute.")
    relayed_from = line(200, help_text="Whom the source repeats: as per Variety.")
    note = line(300, help_text="What the reader should know: day from a chronology.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "source", "locator", "stance"],
                name="citation_once",
                violation_error_message="This source is already cited here with the same place.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_stance_display().lower()})"
