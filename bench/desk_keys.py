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
        rows, at = found["rows"], found["at"]
        if not (fits := [i for i, (off, *told) in enumerate(rows) if wanted in told and not off]):
            raise AssertionError(f"“{wanted}” is not offered: {[text for _, text, _ in rows]}")
        goal = fits[0]
        typed, arrows = _shortest([text for _, text, _ in rows], at, goal)
        if typed:
            self.page.keyboard.type(typed)
            self.tally.keys += len(typed)
        for _ in range(abs(arrows)):
            self.press("ArrowDown" if arrows > 0 else "ArrowUp")
        now = target.evaluate("(select) => select.selectedIndex")
        if now != goal:
            raise AssertionError(f"Wanted “{wanted}” (no. {goal}) and got no. {now} with “{typed}” and {arrows} arrows")
        self._say(f"{wanted}: “{typed}” and {abs(arrows)} arrows")

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


def _shortest(texts: list[str], at: int, goal: int) -> tuple[str, int]:
    """Return what to type in a closed list, and how many arrows down (up, if negative) then lead to the goal."""
    best = ("", goal - at)
    wanted = texts[goal].lower()
    for length in range(1, min(len(wanted), 12) + 1):
        lead = wanted[:length]
        if length > 1 and len(set(lead)) == 1:
            continue  # one letter again and again is another matter
        # The browser begins behind what is chosen when one letter is typed, and with it when more are.
        order = [*range(at + 1, len(texts)), *range(at + 1)]
        met = next((i for i in order if texts[i].lower().startswith(lead[0])), None)
        for end in range(2, length + 1):
            if met is None:
                break
            again = [*range(met, len(texts)), *range(met)]
            met = next((i for i in again if texts[i].lower().startswith(lead[:end])), None)
        if met is not None and length + abs(goal - met) < len(best[0]) + abs(best[1]):
            best = (texts[goal][:length], goal - met)
    return best


def _named(target: Locator) -> str:
    return str(target.evaluate("(one) => one.name || one.id || one.textContent.trim().slice(0, 40)"))
