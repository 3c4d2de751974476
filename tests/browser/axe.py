"""Looking at a page as those do who see little, have a small screen, or prefer the dark."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Nothing but colours differs in the dark.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
LOOKS = [(1280, "light"), (1280, "dark"), (390, "dark"), (390, "light")]
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BREACHES = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false, ...rules});
  return found.violations.map((breach) => breach.id + ": " + breach.nodes.map((node) => node.html).join(" | "));
}"""


def faults(page: Page) -> dict[str, list[str]]:
    """Return what is wrong with the page that is open, by width and colours. Folded parts are looked at too."""
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = page.evaluate(BREACHES, RULES[scheme])
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found[f"{width} too wide by"] = [f"{over} px"] if (over := page.evaluate(OVERHANG)) else []
    return {look: wrong for look, wrong in found.items() if wrong}
