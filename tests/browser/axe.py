"""Looking at a page as those do who see little, have a small screen, or prefer the dark."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Either width and either scheme once, with every rule: no style of ours asks for both.
LOOKS = [(1280, "light"), (390, "dark")]
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BREACHES = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.map((breach) => breach.id + ": " + breach.nodes.map((node) => node.html).join(" | "));
}"""


def faults(page: Page) -> dict[str, list[str]]:
    """Return what is wrong with the page that is open, by width and colours. Folded parts are looked at too."""
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[f"{width} {scheme}"] = page.evaluate(BREACHES)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found[f"{width} too wide by"] = [f"{over} px"] if (over := page.evaluate(OVERHANG)) else []
    return {look: wrong for look, wrong in found.items() if wrong}
