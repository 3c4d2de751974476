"""Looking a person up, and the page of one person across cases."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from cases.filters import WordsForm, matching
from cases.models import Case
from people.models import Redirect
from public.lists import case_rows, page_asked
from public.reading import pushed_url, reader_page, wants_part
from public.roles import people_with_roles, roles_of

A_PAGE = 20
CASES = 10


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """``/people/?q=``: people by name, and beneath them the cases that match. Without words, everybody."""
    form = WordsForm(request.GET)
    typed = form.words
    people = people_with_roles()
    cases = Case.objects.none()
    if typed:
        people = people.named(typed)
        cases = matching(Case.objects.listed(), typed).latest_first()
    if not form.is_valid():
        people = people.none()
    page = Paginator(people.by_name(), A_PAGE).get_page(page_asked(request.GET))
    roles = roles_of(page.object_list)
    context = {
        "title": f"People: {typed}" if typed else "People",
        "section": "people",
        "form": form,
        "searched": typed,
        "page": page,
        "people": [(person, roles[person.pk]) for person in page.object_list],
        "rows": case_rows(cases[:CASES]),
        "cases_found": cases.count() if typed else 0,
        "noindex": bool(request.GET),
        "canonical": request.build_absolute_uri(request.path),
    }
    if wants_part(request):
        response = render(request, "people/results.html", context | {"part": True})
        response.headers["HX-Push-Url"] = pushed_url(request)
        return response
    return render(request, "people/search.html", context)


@reader_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """``/people/SLUG/``; an old address leads to the present one for ever."""
    found = people_with_roles().filter(slug=slug).prefetch_related("names").first()
    if found is None:
        moved = Redirect.objects.filter(old_slug=slug, person__in=people_with_roles()).select_related("person").first()
        if moved is None:
            raise Http404
        return HttpResponsePermanentRedirect(moved.person.get_absolute_url())
    roles = roles_of([found])[found.pk]
    context = {
        "title": found.name,
        "section": "people",
        "person": found,
        "roles": roles,
        "accused": any(role.is_accused for role in roles),
        "noindex": found.visibility == "noindex" or any(role.noindex for role in roles),
        "canonical": request.build_absolute_uri(request.path),
        "crumbs": [("People", reverse("public:people")), (found.name, "")],
    }
    return render(request, "people/person.html", context)
