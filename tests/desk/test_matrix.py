"""Who reaches what: every address of the site, looked at and sent to by everybody. What is done there: ``test_deeds``.

The addresses come from the resolver itself: one that no rule names fails, and so does one that two rules name.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django import Settings

from cases.models import Court, Source
from tests.desk import matrix
from tests.desk.matrix import WHO, Address


@dataclass(frozen=True)
class Rule:
    """Some addresses, by their names; and in the order of ``WHO`` what everybody gets who looks, or sends."""

    what: str
    names: str
    look: str
    send: str


RECORD = "cases_(case|matter|event|charge|defendant|source)|people_person"
TERMS = "cases_(disposition|jurisdiction|court)"

# In the order: a stranger, an account without a role, a contributor, an editor, an administrator. "door" leads to the
# sign-in, "on" to another page of the site; a number is the status that refuses. Whoever is refused tries it; of those
# who are let in, the least and the greatest look, and the least sends.
LET_IN = {"open", "on"}
RULES = [
    Rule(
        "what readers read",
        r"public:.*",
        look="open open open open open",
        send="405 405 405 405 405",
    ),
    Rule(
        "the way in",
        r"account_login",
        look="open on on on on",
        send="open on on on on",
    ),
    Rule(
        "a disabled account is told so",
        r"account_inactive",
        look="open open open open open",
        send="405 405 405 405 405",
    ),
    Rule(
        "a passkey in the place of a password",
        r"mfa_login_webauthn",
        look="door on on on on",
        send="door on on on on",
    ),
    Rule(
        "the code after the password",
        r"mfa_authenticate",
        look="door on on on on",
        send="door on on on on",
    ),
    Rule(
        "the way out",
        r"account_logout",
        look="door open open open open",
        send="door door door door door",
    ),
    Rule(
        "one's own password, and who one is",
        r"account_(change_password|reauthenticate)",
        look="door open open open open",
        send="door open open open open",
    ),
    Rule(
        "one's own second factor, with the password of just now",
        r"mfa_(reauthenticate(_webauthn)?|activate_totp"
        r"|generate_recovery_codes|add_webauthn|edit_webauthn|remove_webauthn)",
        look="door on on on on",
        send="door on on on on",
    ),
    Rule(
        "one's own second factor, to look at",
        r"mfa_(index|list_webauthn)",
        look="door open open open open",
        send="door 405 405 405 405",
    ),
    Rule(
        "a second factor that one has not",
        r"mfa_(deactivate_totp|download_recovery_codes)",
        look="door 404 404 404 404",
        send="door 404 404 404 404",
    ),
    Rule(
        "recovery codes that one has not",
        r"mfa_view_recovery_codes",
        look="door 404 404 404 404",
        send="door 405 405 405 405",
    ),
    Rule(
        "the desk's first page, and what is deleted: each shows what one may see",
        r"admin:(index|history_deleted)",
        look="door open open open open",
        send="door open open open open",
    ),
    Rule(
        "hidden names that can still be read, for those who may mend them",
        r"admin:still_read",
        look="door 403 403 open open",
        send="door 403 403 open open",
    ),
    Rule(
        "what belongs to the desk itself",
        r"admin:(password_change_done|jsi18n)",
        look="door open open open open",
        send="door 405 405 405 405",
    ),
    Rule(
        "short addresses that lead on",
        r"admin:(desk/.*<path:object_id>/|view_on_site)",
        look="door on on on on",
        send="door on on on on",
    ),
    Rule(
        "no page",
        r"admin:desk/\(\?P<url>.*",
        look="door 404 404 404 404",
        send="door 404 404 404 404",
    ),
    Rule(
        "lists of one room",
        r"admin:app_list",
        look="door 404 open open open",
        send="door 404 open open open",
    ),
    Rule(
        "to see: lists, histories, drafts, the past, tables",
        rf"admin:(({RECORD}|{TERMS}|cases_(ruling|correction)|people_(merge|redirect)"
        r"|imports_batch|imports_courtname|imports_mapping)_(changelist|history)|imports_mapping_take"
        r"|preview_case|history_past(_matter|_person)?)",
        look="door 403 open open open",
        send="door 403 open open open",
    ),
    Rule(
        "a table to take away",
        r"admin:cases_(case|charge|defendant)_table",
        look="door 403 open open open",
        send="door 403 open open open",
    ),
    Rule(
        "a page as it was on a day before it was public",
        r"admin:history_past_(matter_)?page",
        look="door 403 404 404 404",
        send="door 403 404 404 404",
    ),
    Rule(
        "what completes a field, and says what an address is",
        r"admin:autocomplete",
        look="door 403 open open open",
        send="door 405 405 405 405",
    ),
    Rule(
        "to enter: drafts of whatever the record has",
        rf"admin:(({RECORD}|imports_batch|imports_courtname|imports_mapping)_add|ruling|source_guess"
        r"|(case|matter)_enter|act_continue|imports_courtname_(change|delete)|imports_batch_(change|undo)"
        r"|imports_mapping_(change|delete|load|text)"
        r"|cases_(case|charge|defendant)_table_in)",
        look="door 403 open open open",
        send="door 403 open open open",
    ),
    Rule(
        "parts of the ruling screen, for a case that is named; and what a form foretells that brings charges",
        r"admin:(ruling_(fields|sources|parts|preview)|case_enter_preview)",
        look="door 403 404 404 404",
        send="door 403 404 404 404",
    ),
    Rule(
        "where there is nothing to confirm, or to decide, yet",
        r"admin:(cases_(case|charge|defendant)_table_confirm|act_decided)",
        look="door 403 on on on",
        send="door 403 on on on",
    ),
    Rule(
        "a button beside a hearing",
        r"admin:act_settle",
        look="door 403 on on on",
        send="door 403 on on on",
    ),
    Rule(
        "buttons of the queue",
        r"admin:tend",
        look="door 404 on on on",
        send="door 404 on on on",
    ),
    Rule(
        "what readers can read: contributors look at it, editors change it",
        rf"admin:({RECORD}|cases_correction|people_redirect)_change",
        look="door 403 open open open",
        send="door 403 403 open open",
    ),
    Rule(
        "an earlier state: contributors see it, the verb decides",
        r"admin:history_restore",
        look="door 403 open open open",
        send="door 403 open open open",
    ),
    Rule(
        "to delete what readers can read, to seal, to merge, courts",
        rf"admin:(({RECORD}|people_redirect)_delete|people_redirect_add"
        r"|cases_(case|defendant)_seal|people_person_merge(_with)?|people_merge_undo|cases_court_add)",
        look="door 403 403 open open",
        send="door 403 403 open open",
    ),
    Rule(
        "reference data: all look at it",
        rf"admin:({TERMS})_change",
        look="door 403 open open open",
        send="door 403 403 403 open",
    ),
    Rule(
        "reference data: administrators change it",
        r"admin:(cases_(disposition|jurisdiction)_(add|delete)|cases_court_delete)",
        look="door 403 403 403 open",
        send="door 403 403 403 open",
    ),
    Rule(
        "accounts and roles",
        r"admin:auth_(user|group)_(changelist|history|add|change|delete|password_change)",
        look="door 403 403 403 open",
        send="door 403 403 403 open",
    ),
    Rule(
        "nobody does this by hand",
        r"admin:(cases_(ruling|correction)_(add|delete)|people_merge_(add|delete)|imports_batch_delete)",
        look="door 403 403 403 403",
        send="door 403 403 403 403",
    ),
    Rule(
        "rows that have their page elsewhere",
        r"admin:(cases_ruling_change|people_merge_change)",
        look="door on on on on",
        send="door on on on on",
    ),
]


@pytest.fixture
def quiet() -> Iterator[None]:
    """No line in the log for each of a thousand refusals."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def rules_of(address: Address) -> list[Rule]:
    return [rule for rule in RULES if re.fullmatch(rule.names, address.name)]


def test_every_address_answers_everybody_as_the_rules_say(
    court: Court, report: Source, settings: Settings, quiet: None
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.desk.matrix.Undrawn"]
    given = matrix.world(court, report)
    browsers = matrix.browsers(given)
    every = matrix.addresses(given)
    found: list[str] = []
    for address in every:
        match rules_of(address):
            case [rule]:
                found += breaches(address, rule, browsers)
            case several:
                found.append(f"{address.name} ({address.path}) is named by {len(several)} rules")
    assert "\n".join(found) == ""
    assert [rule.what for rule in RULES if not any(rule in rules_of(address) for address in every)] == []


def breaches(address: Address, rule: Rule, browsers: dict[str, Client]) -> list[str]:
    """Return where the answers to one address are not those of its rule."""
    found = []
    for ask, expected in ((matrix.look, rule.look.split()), (matrix.send, rule.send.split())):
        let_in = [who for who, wanted in zip(WHO, expected, strict=True) if wanted in LET_IN]
        tried = {*let_in[:1], *(let_in[-1:] if ask is matrix.look else ())}
        for who, wanted in zip(WHO, expected, strict=True):
            if wanted in LET_IN and who not in tried:
                continue
            got = ask(browsers[who], address.path)
            if got != wanted and not (ask is matrix.send and {got, wanted} == LET_IN):
                asked = f"{ask.__name__} {address.path} ({address.name})"
                found.append(f"{rule.what}: {asked} as {who}: {got}, not {wanted}")
    return found
