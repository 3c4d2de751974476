"""``manage.py explain CASE_SLUG``: where a case stands on a day, and which acts made it so."""

import json
import re
from argparse import ArgumentParser
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.dossier import load_case
from cases.explaining import explanation, in_words
from cases.models import Case

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Command(BaseCommand):
    help = "Print the derived status of a case, its defendants and charges, and its finality, with the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="CASE_SLUG", help="the last part of the case's address")
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day to look at (today)")
        parser.add_argument("--json", action="store_true", help="print JSON, for a program to read")
        parser.add_argument("--drafts", action="store_true", help="count acts that are not published, too")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = _day(options["as_of"]) if options["as_of"] is not None else timezone.localdate()
        dossier = load_case(options["slug"], drafts=options["drafts"])
        if dossier is None:
            raise CommandError(_unknown(options["slug"]))
        told = explanation(dossier, as_of=as_of)
        self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) if options["json"] else in_words(told))


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CommandError(f"“{text}” is not a day. Write it as YYYY-MM-DD, for example 2024-07-12.")


def _unknown(slug: str) -> str:
    slugs = list(Case.objects.order_by("slug").values_list("slug", flat=True))
    if slug in slugs:
        return f"The case “{slug}” is not published. Add --drafts to explain it as its editors see it."
    near = get_close_matches(slug, slugs, n=5, cutoff=0.5)
    near += [other for other in slugs if slug and slug in other and other not in near][:5]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no case “{slug}”.{hint}"
