"""The first who reads on a new day: what is stored and lapsed overnight is derived anew before the page is drawn."""

import logging
from collections.abc import Callable
from datetime import date

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from cases.editing import catch_up

logger = logging.getLogger(__name__)


class NewDayMiddleware:
    """Asks once a day, in each process, whether time alone has changed what lists are drawn and filtered from.

    A few cases at a request: those that are left are brought along by the next, and rows of lists are right
    meanwhile (``cases.checking.bring_up_to_date``). Where the database is away, the page itself will say so.
    """

    at_once = 25  # cases: about a second on a busy machine
    done_on = date.min  # for all requests of this process

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = localdate()
        if NewDayMiddleware.done_on < today:
            try:
                if catch_up(on=today, at_most=self.at_once):
                    NewDayMiddleware.done_on = today
            except DatabaseError as fault:
                logger.warning("What lapsed overnight could not be derived anew: %s", fault)
            except Exception:  # one case that can not be derived must not take every page away
                logger.exception("What lapsed overnight could not be derived anew. Run check_record --repair.")
                NewDayMiddleware.done_on = today  # it would fail at each page again
        return self.get_response(request)
