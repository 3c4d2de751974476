"""Pages about the record itself: the glossary, how it is made, the components for developers, robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases import choices
from cases.law.vocabulary import ChargeClass
from cases.models import Disposition
from cases.timeline import mark_of
from public.gallery import samples
from public.reading import reader_page
from public.words import CLASSES, FINALITIES, ROLES, STATUSES


@reader_page
def glossary(request: HttpRequest) -> HttpResponse:
    """``/glossary/``: every term that an outcome can have, by class, and the words for status and finality."""
    terms: dict[str, list[tuple[Disposition, str]]] = {}
    for term in Disposition.objects.order_by("label", "slug"):
        terms.setdefault(term.cls, []).append((term, mark_of(ChargeClass(term.cls), term.slug)))
    context = {
        "title": "Glossary",
        "section": "glossary",
        "classes": [(cls.value, *words, terms.get(cls.value, [])) for cls, words in CLASSES.items()],
        "statuses": [(status.value, choices.label(status), words) for status, words in STATUSES.items()],
        "roles": [(value.value, value.label, words) for value, words in ROLES.items()],
        "finalities": [(value.value, choices.label(value), words) for value, words in FINALITIES.items()],
    }
    return render(request, "pages/glossary.html", context)


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """``/about/``."""
    context = {"title": "How this record is made", "section": "about", "contact": settings.CONTACT}
    return render(request, "pages/about.html", context)


@reader_page
def gallery(request: HttpRequest) -> HttpResponse:
    """``/gallery/``: every component with invented content, for those who build pages."""
    return render(request, "pages/gallery.html", {"title": "Components", "noindex": True, **samples()})


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything may be read by robots but the editors' door; single pages say noindex themselves."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
