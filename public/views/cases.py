"""The list of cases with its filters, and the page of one case."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.choices import Editorial
from cases.dossier import load_case
from cases.filters import CaseFilter
from cases.models import Case
from cases.pages import CasePage, case_page
from cases.templatetags.record import unmarked
from people.addresses import was_public
from public.addresses import last_part, slug_by_number
from public.corrections import ON_ONE_CASE, corrections_of
from public.errors import gone
from public.lists import page_of_cases
from public.reading import asked_again, pushed_url, reader_page, wants_part
from public.sharing import Share, citation

SHARED = "Who was charged with what, what was decided, and whether it is final, with sources: as it stands today."


@reader_page
def case_list(request: HttpRequest) -> HttpResponse:
    """``/cases/``: every listed case, narrowed by what the reader asks."""
    filters = CaseFilter(request.GET)
    facets = filters.facets()
    page, rows = page_of_cases(filters.listing, request.GET)
    context = {
        "title": "Cases",
        "section": "cases",
        "filters": filters,
        "form": filters.form,
        "facets": facets,
        "chips": filters.chips(),
        "page": page,
        "rows": rows,
        "noindex": bool(request.GET) or any(row.noindex for row in rows),
        "canonical": request.build_absolute_uri(request.path),
    }
    if wants_part(request):
        response = render(request, "cases/results.html", context | {"part": True})
        response.headers["HX-Push-Url"] = pushed_url(request)
        return response
    return render(request, "cases/list.html", context)


@reader_page
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """``/cases/SLUG/``, also as it stood on a past day (``?as_of=``)."""
    numbered = slug_by_number(slug)
    dossier = load_case(numbered or slug)
    if dossier is None:
        if was_taken_away(numbered or slug):
            return gone(request)
        raise Http404
    if not dossier.case.is_sealed and request.path != dossier.case.get_absolute_url():
        # For now only: a name may be withheld, and told again.
        return HttpResponseRedirect(f"{dossier.case.get_absolute_url()}{asked_again(request)}")
    page = case_page(dossier, request.GET, today=timezone.localdate())
    if wants_part(request) and page.record:
        part = {"record": page.record, "page": page, "here": request.path, "part": True}
        response = render(request, "components/record.html", part)
        response.headers["HX-Push-Url"] = pushed_url(request)
        return response
    # They tell of our page as it is today: a page about the past has none.
    corrections = corrections_of(dossier.case) if page.is_today and not page.sealed else []
    context = {
        "page": page,
        "case": dossier.case,
        "corrections": corrections,
        "corrections_more": corrections_url(dossier.case) if len(corrections) == ON_ONE_CASE else "",
        "section": "cases",
        "noindex": page.noindex or bool(request.GET),
        # A tombstone asks nobody to keep its address, which may be made of a name.
        "canonical": "" if page.sealed else request.build_absolute_uri(request.path),
        "here": request.path,
        "share": share(dossier.case, page),
        "cite": None if page.sealed else citation(request, page.caption, page.as_of, feed=feed_address(dossier.case)),
        "crumbs": crumbs_of(dossier.case, page),
    }
    return render(request, "cases/tombstone.html" if page.sealed else "cases/case.html", context)


def share(case: Case, page: CasePage) -> Share:
    """The preview of a link to the case."""
    return Share(unmarked(page.caption), f"{case.get_kind_display()} case, {case.court.name}. {SHARED}")


def feed_address(case: Case) -> str:
    """Where the acts of a case can be followed."""
    return reverse("public:case_feed", args=[last_part(case)])


def corrections_url(case: Case) -> str:
    """Where all corrections of a case are listed."""
    return f"{reverse('public:corrections')}?case={last_part(case)}"


def crumbs_of(case: Case, page: CasePage) -> list[tuple[str, str]]:
    """Where the case lies: under its matter, if the public may read that."""
    matter = case.matter
    if page.sealed or matter is None or matter.editorial_state != Editorial.PUBLISHED:
        return [("Cases", reverse("public:cases")), (page.caption, "")]
    return [("Cases", reverse("public:cases")), (matter.title, matter.get_absolute_url()), (page.caption, "")]


def was_taken_away(slug: str) -> bool:
    """Whether readers could open this case, and it was withdrawn, or withdrawn and then deleted."""
    state = Case.objects.filter(slug=slug).values_list("editorial_state", flat=True).first()
    return state == Editorial.WITHDRAWN or (state is None and was_public("case", slug))
