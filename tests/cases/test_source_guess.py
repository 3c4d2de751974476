"""What an address tells of a source: a table of addresses as they are pasted, and what must never happen."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.choices import SourceKind
from cases.models import Source
from cases.source_guess import Guess, guess

SDNY = "United States District Court for the Southern District of New York"
# Addresses as a browser gives them, and (kind, publisher, title, published on) as far as they tell it.
TOLD: list[tuple[str, tuple[str, str, str, str]]] = [
    # newspapers, broadcasters, agencies
    (
        "https://www.nytimes.com/2024/07/12/arts/alec-baldwin-trial-dismissed-rust.html?smid=nytcore-ios-share",
        ("news_report", "The New York Times", "Alec baldwin trial dismissed rust", "2024-07-12"),
    ),
    (
        "https://www.reuters.com/legal/alec-baldwin-rust-case-dismissed-with-prejudice-2024-07-12/",
        ("news_agency", "Reuters", "Alec baldwin rust case dismissed with prejudice", "2024-07-12"),
    ),
    (
        "https://apnews.com/article/alec-baldwin-rust-trial-dismissal-motion-7af2c1b0d3e94f5a8b6c7d8e9f0a1b2c",
        ("news_agency", "Associated Press", "Alec baldwin rust trial dismissal motion", ""),
    ),
    (
        "https://www.theguardian.com/film/article/2024/jul/12/alec-baldwin-trial-dismissed",
        ("news_report", "The Guardian", "Alec baldwin trial dismissed", "2024-07-12"),
    ),
    (
        "https://edition.cnn.com/2024/07/12/us/alec-baldwin-trial-rust/index.html",
        ("news_report", "CNN", "Alec baldwin trial rust", "2024-07-12"),
    ),
    (
        "https://abcnews.go.com/US/judge-denies-motion-reconsider-dismissal/story?id=115096921",
        ("news_report", "ABC News", "Judge denies motion reconsider dismissal", ""),
    ),
    (
        "https://www.nbcnews.com/news/us-news/jury-finds-armorer-guilty-rcna142031",
        ("news_report", "NBC News", "Jury finds armorer guilty", ""),
    ),
    (
        "https://variety.com/2024/film/news/rust-armorer-sentenced-18-months-1235970891/",
        ("news_report", "Variety", "Rust armorer sentenced 18 months", ""),
    ),
    (
        "https://www.kunm.org/kunm-news-update/2024-09-30/mon-dark-money-group-agrees-to-disclose-donors-more",
        ("news_report", "KUNM", "Mon dark money group agrees to disclose donors more", "2024-09-30"),
    ),
    (
        "https://www.santafenewmexican.com/news/judge-denies-motion-to-dismiss/article_b1c8e71e-2ca4-11ee-8f4c-c7a3f2003260.html",
        ("news_report", "Santa Fe New Mexican", "Judge denies motion to dismiss", ""),
    ),
    ("https://www.bbc.com/news/world-us-canada-68492934", ("news_report", "BBC", "", "")),
    ("https://www.bbc.com/news/articles/cx02lgg9y3wo", ("news_report", "BBC", "", "")),
    ("https://x.com/AP/status/1811829281234567890", ("social_post", "X", "", "")),
    # courts
    ("https://ecf.nysd.uscourts.gov/doc1/127133456789", ("court_record", SDNY, "", "")),
    (
        "https://cdn.ca9.uscourts.gov/datastore/opinions/2024/07/12/23-1234.pdf",
        ("court_record", "United States Court of Appeals for the Ninth Circuit", "", "2024-07-12"),
    ),
    (
        "https://www.nmd.uscourts.gov/sites/nmd/files/notice-of-hearing-on-motion.pdf",
        (
            "court_record",
            "United States District Court for the District of New Mexico",
            "Notice of hearing on motion",
            "",
        ),
    ),
    (
        "https://www.supremecourt.gov/opinions/23pdf/23-939_e2pg.pdf",
        ("court_record", "Supreme Court of the United States", "", ""),
    ),
    ("https://firstdistrict.nmcourts.gov/", ("court_record", "New Mexico Courts", "", "")),
    ("https://www.courts.nh.gov/our-courts", ("court_record", "", "", "")),
    (
        "https://www.uscourts.gov/news",
        ("official_statement", "Administrative Office of the United States Courts", "", ""),
    ),
    # dockets and documents kept by others
    (
        "https://storage.courtlistener.com/recap/gov.uscourts.nysd.590045/gov.uscourts.nysd.590045.410.0.pdf",
        ("court_record", SDNY, "", ""),
    ),
    (
        "https://www.courtlistener.com/docket/66631291/united-states-v-bankman-fried/",
        ("reference_database", "CourtListener", "United states v bankman fried", ""),
    ),
    (
        "https://www.documentcloud.org/documents/24830011-order-granting-motion-to-dismiss",
        ("", "DocumentCloud", "Order granting motion to dismiss", ""),
    ),
    # those who prosecute
    (
        "https://www.justice.gov/usao-sdny/pr/founder-of-exchange-convicted-of-fraud",
        (
            "official_statement",
            "United States Attorney's Office, Southern District of New York",
            "Founder of exchange convicted of fraud",
            "",
        ),
    ),
    (
        "https://www.justice.gov/usao-nm/pr/1",
        ("official_statement", "United States Attorney's Office, District of New Mexico", "", ""),
    ),
    (
        "https://www.justice.gov/opa/pr/company-pleads-guilty-to-fraud",
        ("official_statement", "United States Department of Justice", "Company pleads guilty to fraud", ""),
    ),
    (
        "https://www.sec.gov/newsroom/press-releases/2024-87",
        ("official_statement", "United States Securities and Exchange Commission", "", ""),
    ),
    ("https://nmdoj.gov/press-release/", ("official_statement", "New Mexico Department of Justice", "", "")),
    # what nobody here knows
    ("https://gazette.example/2024/07/12/judge-dismisses-the-case", ("", "", "Judge dismisses the case", "2024-07-12")),
    ("https://notx.com/a/b", ("", "", "", "")),
    ("https://gazette.example/2024/13/40/", ("", "", "", "")),
    ("https://gazette.example/2024/07/", ("", "", "", "")),
    ("https://gazette.example/99202407129/", ("", "", "", "")),
]
NO_ADDRESSES = [
    "",
    "The Daily Docket, 12 July 2024",
    "www.reuters.com/legal/",
    "ftp://nmcourts.gov/order.pdf",
    "javascript:alert(1)",
    "https://",
    "https://localhost/",
    "https://[half/",
    "https://reuters.com:99999/",
    "https://reuters.com/a\0b",
    "https://reuters.com/a b",
]
# What is pasted, and the address that is kept of it.
CLEANED = [
    (
        "https://Gazette.example/a?id=7&utm_source=x&utm_medium=social&fbclid=IwAR0#:~:text=dismissed",
        "https://gazette.example/a?id=7",
    ),
    ("  https://gazette.example/a?b=%20c&d#page=3\n", "https://gazette.example/a?b=%20c&d#page=3"),
    ("https://reader:secret@gazette.example:443/a", "https://gazette.example/a"),
    ("http://gazette.example:8080/?utm_campaign=z", "http://gazette.example:8080/"),
]


@pytest.mark.parametrize(("address", "told"), TOLD, ids=[address.split("//")[1][:40] for address, _ in TOLD])
def test_an_address_tells_what_it_says_and_no_more(address: str, told: tuple[str, str, str, str]) -> None:
    found = guess(address)
    day = found.published_on.isoformat() if found.published_on else ""
    assert (found.kind, found.publisher, found.title, day) == told
    assert (found.archive_of, found.archive_url) == ("", "")


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_of_what_is_no_web_address_nothing_is_told(text: str) -> None:
    assert guess(text) == Guess()


@pytest.mark.parametrize(("pasted", "kept"), CLEANED)
def test_what_only_tracks_readers_is_not_kept(pasted: str, kept: str) -> None:
    assert guess(pasted).address == kept


def test_an_archived_copy_tells_of_its_original_and_not_the_day_it_was_archived() -> None:
    original = "https://variety.com/2024/film/news/rust-armorer-sentenced-18-months-1235970891/"
    copy = "https://web.archive.org/web/20260101000000/"
    assert guess(f"{copy}{original}?utm_source=x") == Guess(
        "news_report", "Variety", "Rust armorer sentenced 18 months", None, original, original, f"{copy}{original}"
    )
    at_day = guess("https://web.archive.org/web/20260101000000id_/https:/www.cnn.com/2024/07/12/us/a-b/index.html")
    assert (at_day.publisher, at_day.published_on, at_day.archive_of) == (
        "CNN",
        date(2024, 7, 12),
        "https://www.cnn.com/2024/07/12/us/a-b/index.html",
    )
    short = guess("https://archive.ph/Xy12z")
    assert (short.publisher, short.archive_of, short.archive_url) == ("", "", "")


addresses = st.one_of(
    st.text(max_size=200),
    st.builds("https://{}/{}".format, st.text(max_size=40), st.text(max_size=120)),
    st.builds(
        "https://{}/{}?{}".format,
        st.sampled_from(["cnn.com", "ecf.nysd.uscourts.gov", "web.archive.org/web/2024/https://a.b", "justice.gov"]),
        st.text(alphabet="abc/-_.%019&=#:usao", max_size=120),
        st.text(max_size=40),
    ),
)  # fmt: skip


@given(addresses)
def test_no_text_at_all_makes_it_fail_and_what_it_tells_fits_a_source(text: str) -> None:
    found = guess(text)
    assert found.kind in {"", *SourceKind.values}
    limits = {name: Source._meta.get_field(name).max_length for name in ("publisher", "title")}
    assert (len(found.publisher) <= limits["publisher"], len(found.title) <= limits["title"]) == (True, True)
    if found.address:
        again = guess(found.address)
        assert urlsplit(found.address).scheme in ("http", "https")
        assert found.archive_of or again.address in (found.address, again.archive_of)
