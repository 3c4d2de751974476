"""The three entries, each as the fewest keys make it: on our screen for a ruling, and on Django's stock admin."""

from bench.desk import Task
from bench.desk_keys import Hands
from bench.desk_record import case
from cases.models import Charge

JUDGE = "Mary Marlowe Sommer"
# Where the source stands, what its editor calls it, and its day. The title is pasted on both, from the report's page.
DISMISSED = (
    "https://variety.com/2024/film/news/alec-baldwin-rust-case-dismissed-{}/",
    "Alec Baldwin’s ‘Rust’ case dismissed with prejudice",
    "2024-07-12",
)
VERDICT = (
    "https://www.santafenewmexican.com/news/local_news/jury-convicts-rust-armorer-{}.html",
    "Jury convicts ‘Rust’ armourer on one count",
    "2024-03-06",
)


def _charge(name: str, way: str, title: str) -> str:
    return str(Charge.objects.get(defendant__case=case(name, way), title=title).pk)


# --- our screen ----------------------------------------------------------------------------------------------------


def _begin(hands: Hands, what: str, on: str, *, decision: str = "") -> None:
    page = hands.page
    hands.reach(page.get_by_role("link", name="Enter a ruling"))
    hands.think()
    with hands.loading():
        hands.press("Enter")
    hands.choose(page.locator("#id_what"), what)
    if decision:
        hands.choose(page.locator("#id_decision"), decision)
    hands.type(page.locator("#id_on"), on)


def _source(hands: Hands, way: str, told: tuple[str, str, str]) -> None:
    address, title, on = told
    page = hands.page
    hands.paste(page.locator("#id_source-0-source"), address.format(way))
    page.wait_for_function("() => document.getElementById('id_source-0-publisher').value !== ''")
    hands.type(page.locator("#id_source-0-published_on"), on)
    hands.paste(page.locator("#id_source-0-title"), title)


def _submit(hands: Hands) -> None:
    hands.think()
    with hands.loading():
        hands.press("Control+Enter")


def dismissal_ours(hands: Hands) -> None:
    page = hands.page
    _begin(hands, "Motion to dismiss", "2024-07-12", decision="Granted")
    hands.choose(page.locator("#id_actor"), JUDGE)
    hands.choose(page.locator(f"#id_outcome-{_charge('baldwin', 'ours', 'Involuntary manslaughter')}"),
                 "Dismissed with prejudice")  # fmt: skip
    hands.choose(page.locator("#id_by"), "Court on defence motion")
    hands.choose(page.locator("#id_reason"), "Evidence withheld")
    hands.choose(page.locator("#id_jeopardy"), "Yes")
    _source(hands, "ours", DISMISSED)
    _submit(hands)


def verdict_ours(hands: Hands) -> None:
    page = hands.page
    _begin(hands, "Verdict", "2024-03-06")
    hands.press("Tab")
    for title, became in (
        ("Involuntary manslaughter", "Convicted by a jury"), ("Tampering with evidence", "Acquitted by a jury"),
    ):  # fmt: skip
        hands.choose(page.locator(f"#id_outcome-{_charge('gutierrez-reed', 'ours', title)}"), became)
    _source(hands, "ours", VERDICT)
    _submit(hands)


def sentence_ours(hands: Hands) -> None:
    page = hands.page
    _begin(hands, "Sentence imposed", "2024-04-15")
    hands.press("Tab")
    hands.choose(page.locator("#id_actor"), JUDGE)
    hands.choose(page.locator("#id_part-0-charge"), _charge("gutierrez-reed", "ours", "Involuntary manslaughter"))
    hands.choose(page.locator("#id_part-0-kind"), "Prison")
    hands.type(page.locator("#id_part-0-months"), "18")
    words = _fewest_letters()
    hands.type(page.locator("#id_source-0-source"), words)
    hands.press("Tab")
    page.wait_for_function(f"() => document.getElementById('id_source-0-source').value !== '{words}'")
    _submit(hands)


# --- the stock admin -----------------------------------------------------------------------------------------------


def _stock_begin(hands: Hands, name: str, on: str, category: str, kind: str) -> None:
    page = hands.page
    hands.reach(page.locator("#nav-sidebar .model-event a.addlink"))
    hands.think()
    with hands.loading():
        hands.press("Enter")
    hands.choose(page.locator("#id_case"), str(case(name, "stock").pk))
    hands.type(page.locator("#id_on"), on)
    hands.choose(page.locator("#id_category"), category)
    hands.choose(page.locator("#id_kind"), kind)


def _stock_words(hands: Hands, title: str, *, judge: bool) -> None:
    page = hands.page
    hands.type(page.locator("#id_title"), title)
    if judge:
        hands.choose(page.locator("#id_actor"), JUDGE)
    hands.choose(page.locator("#id_editorial_state"), "In review")


def _stock_source(hands: Hands, told: tuple[str, str, str], publisher: str) -> None:
    """Add the source in the window that the form opens."""
    address, title, on = told
    page = hands.page
    hands.reach(page.locator("#add_id_citations-0-source"))
    hands.think()
    with page.expect_popup() as opened:
        hands.press("Enter")
    window = opened.value
    window.wait_for_load_state("load")
    hands.tally.pages += 1
    hands.page = window
    hands.choose(window.locator("#id_kind"), "News report")
    hands.type(window.locator("#id_publisher"), publisher)
    hands.paste(window.locator("#id_title"), title)
    hands.paste(window.locator("#id_url"), address.format("stock"))
    hands.type(window.locator("#id_published_on"), on)
    hands.think()
    with window.expect_event("close"):
        hands.press("Enter")
    hands.page = page
    hands.tally.pages += 1


def _stock_save(hands: Hands, *, last: str) -> None:
    """Enter in a line of text saves the form."""
    if last:
        hands.reach(hands.page.locator(last))
    hands.think()
    with hands.loading():
        hands.press("Enter")


def dismissal_stock(hands: Hands) -> None:
    page = hands.page
    _stock_begin(hands, "baldwin", "2024-07-12", "Ruling", "Dismiss")
    hands.choose(page.locator("#id_decision"), "Granted")
    _stock_words(hands, "Charge dismissed with prejudice", judge=True)
    hands.choose(page.locator("#id_outcomes-0-charge"), _charge("baldwin", "stock", "Involuntary manslaughter"))
    hands.choose(page.locator("#id_outcomes-0-disposition"), "Dismissed with prejudice")
    hands.choose(page.locator("#id_outcomes-0-prejudice"), "With")
    hands.choose(page.locator("#id_outcomes-0-by"), "Court on defence motion")
    hands.choose(page.locator("#id_outcomes-0-reason"), "Evidence withheld")
    hands.choose(page.locator("#id_outcomes-0-jeopardy"), "Yes")
    _stock_source(hands, DISMISSED, "Variety")
    _stock_save(hands, last="#id_citations-0-locator")


def verdict_stock(hands: Hands) -> None:
    page = hands.page
    _stock_begin(hands, "gutierrez-reed", "2024-03-06", "Verdict", "mixed")
    _stock_words(
        hands, "Verdict: guilty of involuntary manslaughter, not guilty of tampering with evidence", judge=False
    )  # fmt: skip
    rows = (("Involuntary manslaughter", "Convicted by a jury"), ("Tampering with evidence", "Acquitted by a jury"))
    for number, (title, became) in enumerate(rows):
        if number:
            hands.reach(page.locator("#outcomes-group .add-row a"))
            hands.think()
            hands.press("Enter")
        hands.choose(page.locator(f"#id_outcomes-{number}-charge"), _charge("gutierrez-reed", "stock", title))
        hands.choose(page.locator(f"#id_outcomes-{number}-disposition"), became)
        hands.choose(page.locator(f"#id_outcomes-{number}-by"), "Jury")
    _stock_source(hands, VERDICT, "Santa Fe New Mexican")
    _stock_save(hands, last="#id_citations-0-locator")


def sentence_stock(hands: Hands) -> None:
    page = hands.page
    _stock_begin(hands, "gutierrez-reed", "2024-04-15", "Sentence", "Imposed")
    _stock_words(hands, "Sentenced to 18 months in prison", judge=True)
    hands.choose(page.locator("#id_citations-0-source"), _source_cited())
    hands.choose(page.locator("#id_sentence_parts-0-charge"),
                 _charge("gutierrez-reed", "stock", "Involuntary manslaughter"))  # fmt: skip
    hands.choose(page.locator("#id_sentence_parts-0-kind"), "Prison")
    hands.type(page.locator("#id_sentence_parts-0-months"), "18")
    _stock_save(hands, last="")


def _source_cited() -> str:
    """Return the source that the case cites already, as the lists send it."""
    from cases.models import Source

    return str(Source.objects.filter(title__startswith="Timeline of the Rust").order_by("pk")[0].pk)


def _fewest_letters() -> str:
    """Return the beginning of “timeline” that, of what the screen offers, stands in that source alone."""
    from desk.sourcing import labelled, sources_of, with_words

    offered = labelled(sources_of(case("gutierrez-reed", "ours")))
    return next(lead for end in range(2, 9) if len(with_words(lead := "timeline"[:end], offered)) == 1)


TASKS = (
    Task("A dismissal with prejudice", "baldwin", dismissal_ours, dismissal_stock),
    Task("A verdict on two counts", "gutierrez-reed", verdict_ours, verdict_stock),
    Task("The sentence", "gutierrez-reed", sentence_ours, sentence_stock),
)
