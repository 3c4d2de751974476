"""Looking a person up, and the page of one person across cases."""

from typing import Any

from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.filters import WordsForm
from cases.finding import case_by_docket
from cases.pages import AsOfForm
from people.choices import Visibility
from people.models import Person, Redirect
from public.finder import FinderForm, find_page, suggestions
from public.lists import page_asked
from public.namesakes import of_the_same_name, same_names
from public.person_page import page_of
from public.reading import asked_again, pushed_url, reader_page, wants_part
from public.roles import PersonRole, people_by_name, people_with_roles, roles_of
from public.sharing import Share, citation

A_PAGE = 20


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """``/people/?q=``: who is meant, by any name. A docket number goes to its case. Without words, everybody."""
    form = FinderForm(request.GET)
    context: dict[str, Any] = {
        "title": f"People: {form.words}" if form.words else "People",
        "section": "people",
        "form": form,
        "searched": form.words,
        "noindex": bool(request.GET),
        "canonical": request.build_absolute_uri(request.path),
    }
    if form.is_valid() and form.words:
        case = case_by_docket(form.words)
        if case is not None:
            return HttpResponseRedirect(case.get_absolute_url())
        role_chosen = bool(form.cleaned_data["role"])
        context["finder"] = find_page(form.asked(), page_asked(request.GET), role_chosen=role_chosen)
    elif form.is_valid():
        page = Paginator(people_by_name(), A_PAGE).get_page(page_asked(request.GET))
        roles = roles_of(page.object_list)
        people = [(person, roles[person.pk]) for person in page.object_list if roles[person.pk]]
        kept_back = any(_kept_back(person, held) for person, held in people)
        context |= {"page": page, "people": people, "noindex": context["noindex"] or kept_back}
    if wants_part(request):
        response = render(request, "people/results.html", context | {"part": True})
        response.headers["HX-Push-Url"] = pushed_url(request)
        return response
    return render(request, "people/search.html", context)


@reader_page
def suggest(request: HttpRequest) -> HttpResponse:
    """``/suggest/?q=``: names for what is typed so far, as the options of the search box."""
    form = WordsForm(request.GET)
    names = suggestions(form.words) if form.is_valid() and form.words else []
    return render(request, "people/suggestions.html", {"names": names})


@reader_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """``/people/SLUG/``, also as it stood on a past day (``?as_of=``); an old address leads to the present for ever."""
    found = people_with_roles().filter(slug=slug).prefetch_related("names").first()
    if found is None:
        moved = Redirect.objects.filter(old_slug=slug, person__in=people_with_roles()).select_related("person").first()
        if moved is None:
            raise Http404
        return HttpResponsePermanentRedirect(f"{moved.person.get_absolute_url()}{asked_again(request)}")
    form = AsOfForm(request.GET, today=localdate())
    page = page_of(found, form)
    alike = same_names(found, of_the_same_name(found)) if page.is_today else []
    kept_back = page.more or _kept_back(found, page.roles) or any(_kept_back(one.person, one.roles) for one in alike)
    context = {
        "title": found.name,
        "section": "people",
        "person": found,
        "page": page,
        "same_names": alike,
        "accused": any(role.is_accused for role in page.roles),
        "noindex": kept_back or bool(request.GET),
        "share": Share(found.name, "Roles in the cases of this record, each with its status and sources."),
        "cite": citation(request, found.name, form.day, has_acts=False),
        "here": request.path,
        "canonical": request.build_absolute_uri(request.path),
        "crumbs": [("People", reverse("public:people")), (found.name, "")],
    }
    return render(request, "people/person.html", context)


def _kept_back(person: Person, roles: list[PersonRole]) -> bool:
    """Whether search engines may keep no page that lists a person with these roles."""
    return person.visibility != Visibility.PUBLIC or any(role.noindex for role in roles)
