"""A run that is killed leaves nothing, or goes on where it stopped; two runs of one file are one batch."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

from cases.models import Case, Defendant, Event
from imports import accepting, proposing
from imports.models import Batch, Proposal, SourceKey
from people.models import Person
from tests.imports.files import docket, file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patient")]
NUMBERS = ("1:21-cr-1", "1:21-cr-2", "1:21-cr-3")


def three() -> tuple:
    return tuple(replace(docket(number), caption=f"United States v. {number}") for number in NUMBERS)


def killed(step: Callable[[Callable[[int], None]], object]) -> None:
    """Do a step in a process of its own that is killed, as by kill -9, when it first tells of progress."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            step(lambda number: os.kill(os.getpid(), signal.SIGKILL))
        finally:
            os._exit(1)  # whatever went wrong: it is not to go on as a second run of these tests
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def test_a_killed_comparison_leaves_nothing(ida: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "CASES", 1)
    killed(lambda progress: proposing.propose(file(*three()), by=ida, progress=progress))
    assert (Batch.objects.count(), Proposal.objects.count()) == (0, 0)


def test_a_killed_acceptance_goes_on_where_it_stopped(ida: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 1)
    batch = proposing.propose(file(*three()), by=ida)

    killed(lambda progress: accepting.accept(batch, by=ida, progress=progress))

    assert (Case.objects.count(), Event.objects.count(), Defendant.objects.count()) == (1, 4, 2)
    assert (SourceKey.objects.count(), batch.proposals.filter(decision="accepted").count()) == (19, 19)
    accepting.accept(batch, by=ida)
    assert (Case.objects.count(), Event.objects.count(), Defendant.objects.count()) == (3, 12, 6)
    assert Person.objects.count() == 15
    assert batch.proposals.filter(decision="open").count() == 0


def test_two_runs_of_one_file_at_once_are_one_batch(ida: User) -> None:
    found, seen = file(*three()), []

    def run() -> None:
        try:
            seen.append(proposing.propose(found, by=ida).pk)
        finally:
            connections.close_all()

    runs = [Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert (len(seen), len(set(seen)), Batch.objects.count()) == (2, 1, 1)
