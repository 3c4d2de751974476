"""What the tests of merges share: an editor who looks and confirms, and what readers get afterwards."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.checking import status_differences
from cases.models import Case
from cases.public_standing import standing_differences
from people import indexing
from people.models import Merge
from tests.desk.record import Docket


def preview_url(keep: Docket, absorb: Docket) -> str:
    """The page that shows what merging the defendants of two dockets would do."""
    return reverse("admin:people_person_merge_with", args=[keep.defendant.person_id, absorb.defendant.person_id])


def told(response: HttpResponse) -> list[str]:
    """The messages on a page."""
    return [str(message) for message in response.context["messages"]]


def merged(desk: Client, keep: Docket, absorb: Docket) -> Merge:
    """Merge two at the desk, as an editor does: look, then confirm."""
    page = preview_url(keep, absorb)
    desk.post(page, {"seen": desk.get(page).context["seen"]})
    return Merge.objects.get(kept=keep.defendant.person_id, absorbed_slug=absorb.defendant.person.slug, undone_at=None)


def public(slug: str) -> tuple[int, str]:
    """What a reader's browser gets at a person's address: the code, and where it leads."""
    response = Client().get(reverse("public:person", args=[slug]))
    return response.status_code, response.headers.get("Location", "")


def all_is_in_step() -> bool:
    """Statuses, standing and the index agree with the record."""
    return not [
        *(found for case in Case.objects.all() for found in status_differences(case, on=localdate())),
        *standing_differences(),
        *indexing.check(),
    ]


def readers_see(*names: str) -> list[str]:
    """The public pages on which one of the names can be read."""
    addresses = [
        reverse("public:person", args=[slug]) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")
    ]
    addresses += [reverse("public:case", args=[slug]) for slug in ("state-v-quint", "state-v-kwint")]
    addresses += [reverse("public:people"), reverse("public:suggest") + "?q=zo"]
    addresses += [f"{reverse('public:people')}?q={typed}&role=any" for typed in ("kwint", "quint")]
    pages = {address: Client().get(address).content.decode() for address in addresses}
    return [address for address, page in pages.items() if any(name in page for name in names)]
