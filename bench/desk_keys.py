"""A pair of hands on a keyboard: every key is pressed in a real browser, and counted. No mouse."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

A_KEY, A_THOUGHT = 0.2, 1.2  # seconds: pressing a key; reading a page, or deciding on a field

# What Tab stops at, in its order. A closed part of a page is not reached.
STOPS = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
  .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))"""
PLACE_OF = f"(target) => ({STOPS})().indexOf(target)"
PLACE_NOW = f"""() => {{
  const stops = ({STOPS})(), active = document.activeElement;
  if (active && active !== document.body && stops.includes(active)) return stops.indexOf(active);
  return -1;
}}"""
# How many stops the link that skips the header saves on the way to the target; 0 if it lies before where that leads.
SKIPPED = f"""(target) => {{
  const link = document.querySelector('.skip-to-content-link');
  const start = link && document.querySelector(link.hash);
  const after = (one) => start.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return start && after(target) ? ({STOPS})().filter((one) => !after(one)).length : 0;
}}"""
OPTIONS = """(select) => ({
  at: select.selectedIndex,
  rows: [...select.options].map((one) => [one.disabled, one.text.trim(), one.value]),
})"""


@dataclass
class Tally:
    """What one piece of work cost."""

    keys: int = 0
    thoughts: int = 0
    pages: int = 0
    waited: float = 0.0
    log: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The keystroke-level model: keys and thoughts at a fixed pace, without what the machine takes."""
        return self.keys * A_KEY + (self.thoughts + self.pages) * A_THOUGHT


class Hands:
    """Whoever types. ``tally`` counts; each method says what its keys were for."""

    def __init__(self, page: Page, *, verbose: bool = False) -> None:
        self.page, self.tally, self.verbose = page, Tally(), verbose

    def begin(self) -> None:
        """Count from here, on the page that is open; having read it is counted."""
        self.tally = Tally(pages=1)

    def _say(self, words: str) -> None:
        self.tally.log.append(words)
        if self.verbose:
            print(f"    {self.tally.keys:4} {words}")

    def press(self, chord: str) -> None:
        """Press keys together: Ctrl+Enter are two."""
        self.page.keyboard.press(chord)
        self.tally.keys += chord.count("+") + 1

    def think(self) -> None:
        """Decide what stands in one field, or that a page is done."""
        self.tally.thoughts += 1

    def reach(self, target: Locator) -> None:
        """Tab to ``target`` the shorter way round; through the link that skips the header where that is shorter."""
        before = self.tally.keys
        self.settle()
        element = target.element_handle()
        goal, now = self.page.evaluate(PLACE_OF, element), self.page.evaluate(PLACE_NOW)
        if goal < 0:
            raise AssertionError(f"Tab never reaches {target}")
        if now < 0 and self.page.evaluate(SKIPPED, element) > 2:
            self.press("Tab")
            self.press("Enter")
        step = "Shift+Tab" if 0 <= goal < now else "Tab"
        for _ in range(250):
            if target.evaluate("(target) => document.activeElement === target"):
                self._say(f"to {_named(target)} ({self.tally.keys - before})")
                return
            self.press(step)
            self.settle()
        raise AssertionError(f"Tab did not reach {target}")

    def type(self, target: Locator, text: str) -> None:
        """Go to a box and type in it."""
        self.reach(target)
        self.think()
        self.page.keyboard.type(text)
        self.tally.keys += len(text)
        self._say(f"“{text}”")

    def paste(self, target: Locator, text: str) -> None:
        """Go to a box and paste: Ctrl+V is two keys."""
        self.reach(target)
        self.think()
        self.page.keyboard.insert_text(text)
        self.tally.keys += 2
        self._say(f"pasted {text[:40]}")

    def choose(self, target: Locator, wanted: str) -> None:
        """Go to a list and choose, by its first letters or by arrows, whatever takes fewest keys.

        ``wanted`` is the text of the option, or its value: several may read alike.
        """
        self.reach(target)
        self.think()
        found = target.evaluate(OPTIONS)
        rows = found["rows"]
        if not (fits := [i for i, (off, *told) in enumerate(rows) if wanted in told and not off]):
            raise AssertionError(f"“{wanted}” is not offered: {[text for _, text, _ in rows]}")
        goal = fits[0]
        jump, arrows = _shortest([text for _, text, _ in rows], found["at"], goal)
        for key in jump:
            self.press(key)
        for _ in range(abs(arrows)):
            self.press("ArrowDown" if arrows > 0 else "ArrowUp")
        now = target.evaluate("(select) => select.selectedIndex")
        if now != goal:
            raise AssertionError(f"Wanted “{wanted}” (no. {goal}) and got no. {now} with {jump} and {arrows} arrows")
        self._say(f"{wanted}: {''.join(jump) or 'no letters'} and {abs(arrows)} arrows")

    def settle(self) -> None:
        """Let the page draw anew what depends on what was typed; whoever types does not wait for it."""
        if self.page.evaluate("() => 'htmx' in window"):
            time.sleep(0.05)
            self.page.wait_for_function(
                "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
            )

    @contextmanager
    def loading(self) -> Iterator[None]:
        """What is pressed here loads a page, which is then read."""
        began = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            yield
        self.tally.waited += time.monotonic() - began
        self.tally.pages += 1
        self._say(f"page {self.page.url.partition('//')[2].partition('/')[2][:60]}")


def _shortest(texts: list[str], at: int, goal: int) -> tuple[list[str], int]:
    """Return what to press in a closed list, and how many arrows down (up, if negative) then lead to the goal.

    A list knows Home and End, the first letters of an option, and one letter again and again.
    """
    ways: list[tuple[list[str], int]] = [([], at), (["Home"], 0), (["End"], len(texts) - 1)]
    wanted = texts[goal]
    leads = [wanted[:length] for length in range(2, min(len(wanted), 12) + 1)]
    leads = [lead for lead in leads if len(set(lead.lower())) > 1]
    ways += [(list(lead), found) for lead in leads if (found := _by_letters(texts, at, lead)) is not None]
    met = at
    for times in range(1, len(texts)):
        met = _next(texts, met + 1, wanted[0])
        ways.append(([wanted[0]] * times, met))
    jump, met = min(ways, key=lambda way: len(way[0]) + abs(goal - way[1]))
    return jump, goal - met


def _next(texts: list[str], start: int, lead: str) -> int:
    """Return the first option from ``start`` on, round about, that begins with ``lead``; there is one."""
    order = [*range(start, len(texts)), *range(start)]
    return next(i for i in order if texts[i].lower().startswith(lead.lower()))


def _by_letters(texts: list[str], at: int, lead: str) -> int | None:
    """Return where typing ``lead`` leads: the first letter goes on from the next option, the others from where it is."""
    met = _next(texts, at + 1, lead[0])
    for end in range(2, len(lead) + 1):
        if not any(text.lower().startswith(lead[:end].lower()) for text in texts):
            return None
        met = _next(texts, met, lead[:end])
    return met


def _named(target: Locator) -> str:
    return str(target.evaluate("(one) => one.name || one.id || one.textContent.trim().slice(0, 40)"))
