"""The feed of one case: its published acts, those that were published here last at the head."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from cases.dossier import Dossier, load_case
from cases.pages.parts import caption_of
from cases.templatetags.record import unmarked
from cases.timeline import Entry, build_timeline
from public.addresses import slug_by_number
from public.errors import gone
from public.reading import reader_page
from public.views.cases import was_taken_away
from public.views.corrections import printable

IN_THE_FEED = 30


class CaseFeed(Feed):
    """The acts of a loaded case, as its page shows them. It tells no status: a copy of it may be read much later."""

    feed_type = Atom1Feed
    author_name = "Docketline"

    def __init__(self, dossier: Dossier, site: str) -> None:
        self.dossier, self.site = dossier, site.rstrip("/")
        self.title = printable(f"{unmarked(caption_of(dossier.case))} | Docketline")
        self.subtitle = "Acts of this case, as they are published. A charge is an accusation, not a finding of guilt."
        self.link = dossier.case.get_absolute_url()

    def items(self) -> Iterable[Entry]:
        timeline = build_timeline(self.dossier, as_of=timezone.localdate(), upcoming=True)
        entries = [*timeline.entries, *timeline.undated]
        return sorted(entries, key=lambda entry: (self._published(entry), entry.id), reverse=True)[:IN_THE_FEED]

    def item_title(self, item: Entry) -> str:
        return printable(f"{item.when}: {unmarked(item.title)}")

    def item_description(self, item: Entry) -> str:
        """What the act is and what it did, escaped: readers of feeds take this text for HTML."""
        did = [f"{effect.defendant}, {unmarked(effect.charge)}: {effect.after}." for effect in item.effects]
        kind = item.category_label if item.kind == "other" else f"{item.category_label}, {item.kind_label.lower()}"
        planned = [f"{item.occurrence_label}."] if item.occurrence_label else []
        return escape(printable(" ".join([f"{kind}.", *planned, *did, item.caution]).strip()))

    def item_link(self, item: Entry) -> str:
        return f"{self.link}#{item.anchor}"

    def item_guid(self, item: Entry) -> str:
        return f"{self.site}{self.link}#{item.anchor}"

    def item_pubdate(self, item: Entry) -> datetime:
        return self._published(item)

    def item_updateddate(self, item: Entry) -> datetime:
        return self._published(item)

    def _published(self, entry: Entry) -> datetime:
        event = self.dossier.events[entry.id]
        return event.published_at or event.created_at


@reader_page
def case_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """``/cases/SLUG/feed/``; of a case that was sealed or withdrawn it says that it is gone."""
    found = slug_by_number(slug) or slug
    dossier = load_case(found)
    if dossier is None or dossier.case.is_sealed:
        if dossier is not None or was_taken_away(found):
            return gone(request)
        raise Http404
    response = CaseFeed(dossier, request.build_absolute_uri("/"))(request)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
