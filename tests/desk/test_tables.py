"""Tables of the record: what goes out comes in again unchanged; what comes in lands as drafts, or not at all."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cases.models import Case, Charge, Court, Defendant, Jurisdiction, Source
from desk.roles import CONTRIBUTORS, make_group
from desk.tables import cells
from desk.tables.screens import CHANGED, NEW, REFUSED, SAME
from people.models import Name, Person
from tests.cases import record
from tests.desk.record import act, docket

pytestmark = pytest.mark.django_db

CASES = "address,name,kind,court,docket_number,matter,summary,state"
DEFENDANTS = "case,person,position,described_as,name"
CHARGES = "charge,case,person,act,count,title,statute,severity,degree,applicability,instrument,quantity"


@pytest.fixture(autouse=True)
def _small(settings: Settings) -> None:
    settings.TABLE_ROWS = 20


def url(noun: str, what: str = "_table_in", *args: str) -> str:
    return reverse(f"admin:cases_{noun}{what}", args=args)


def bring(client: Client, data: bytes | str, noun: str = "case", name: str = "table.csv") -> HttpResponse:
    """Choose a file, and look at what it would do."""
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    file.name = name
    return client.post(url(noun), {"file": file})


def confirm(client: Client, preview: HttpResponse, noun: str = "case") -> HttpResponse:
    return client.post(url(noun, "_table_confirm"), {"word": preview.context["word"]})


def lines(response: HttpResponse) -> list[tuple[int, str, tuple[str, ...]]]:
    """What a preview says of each row."""
    return [(line.number, line.outcome, line.told) for line in response.context["lines"] or []]


def refusal(response: HttpResponse) -> list[str]:
    """What is said beside the file."""
    return list(response.context["form"].errors.get("file", []))


def workbook(*rows: list[Any]) -> bytes:
    """An XLSX workbook with these rows."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def odd_record(court: Court, report: Source, editor: User) -> None:
    """Published and draft cases with every odd text that a spreadsheet might change."""
    docket(court, report, editor)
    matter = record.matter("harbour-fire", state="draft")
    texts = (
        "=1+1", "+cmd", "-2", "@SUM(A1)", "'=1", "''quoted", "'Tis so", "\t=tab", "Two\r\nlines, “quoted”; and\n more ",
        " ", "Zoë, 阿, and a\xa0gap", "=HYPERLINK(\"x\")",
    )  # fmt: skip
    for number, text in enumerate(texts):
        Case.objects.create(
            slug=f"case-{number}", caption=f"{text.strip() or 'x'} v. Roe", court=court, matter=matter, summary=text,
            docket_number="0012" if number else "",
        ) if number < 2 else Case.objects.create(
            slug=f"case-{number}", caption=f"{text.strip() or 'x'} v. Roe", court=court, summary=text
        )  # fmt: skip
    who = record.person("=Zoë", described_as="x")
    Defendant.objects.create(case=Case.objects.get(slug="case-1"), person=who, position=7, described_as="-2")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_and_nothing_is_changed(
    desk: Client, editor: User, court: Court, report: Source, ending: str
) -> None:
    odd_record(court, report, editor)
    before = list(Case.objects.order_by("pk").values()), list(Defendant.objects.order_by("pk").values())
    for noun, number in (("case", 13), ("defendant", 2), ("charge", 1)):
        out = desk.get(url(noun, "_table", ending))
        assert out.headers["Content-Disposition"].endswith(f'.{ending}"')
        preview = bring(desk, out.content, noun, f"x.{ending}")
        assert refusal(preview) == []
        assert [(outcome, told) for _, outcome, told in lines(preview)] == [(SAME, ())] * number
        assert confirm(desk, preview, noun).status_code == 302
    assert (list(Case.objects.order_by("pk").values()), list(Defendant.objects.order_by("pk").values())) == before


def test_no_cell_that_goes_out_is_a_formula(desk: Client, editor: User, court: Court, report: Source) -> None:
    odd_record(court, report, editor)
    text = desk.get(url("case", "_table", "csv")).content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(desk.get(url("case", "_table", "xlsx")).content))
    rows = [*csv.reader(io.StringIO(text, newline="")), *book.active.iter_rows(values_only=True)]
    assert {str(cell)[0] for row in rows for cell in row if cell} & set("=+-@\t\r") == set()
    assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}
    for value in ("=x", "'=x", "''=x", "＝x", "'Tis", "", "x=", "\n-1"):
        assert cells.unguarded(cells.guarded(value)) == value


def test_the_list_goes_out_as_it_is_filtered(desk: Client, editor: User, court: Court, report: Source) -> None:
    odd_record(court, report, editor)
    text = desk.get(url("case", "_table", "csv"), {"editorial_state__exact": "published"}).content.decode("utf-8-sig")
    assert text.splitlines() == [CASES, "state-v-quint,State v. Quint,criminal,freedonia-district,,,,published"]
    assert desk.get(url("case", "_table", "csv"), {"nonsense": "1"}).status_code == 302
    assert desk.get(url("case", "_table", "ods")).status_code == 404


def test_rows_become_drafts_once_they_are_confirmed(desk: Client, editor: User, court: Court, report: Source) -> None:
    Case.objects.create(slug="state-v-poe", caption="State v. Poe", court=court)
    preview = bring(
        desk,
        f"{CASES}\nstate-v-roe,State v. Roe,Criminal,Freedonia District Court,D-1,,A boat.,\n"
        "state-v-poe,State v. Po,civil,freedonia-district,,,,draft\n",
    )
    assert lines(preview) == [
        (2, NEW, ()),
        (3, CHANGED, ("name: “State v. Poe” becomes “State v. Po”", "kind: “criminal” becomes “civil”")),
    ]
    assert Case.objects.count() == 1, "a preview writes nothing"
    response = confirm(desk, preview)
    assert [str(one) for one in response.wsgi_request._messages] == ["Taken in: 1 new, 1 changed."]
    new = Case.objects.get(slug="state-v-roe")
    assert (new.editorial_state, new.caption, new.court, new.docket_number, new.summary, new.updated_by) == (
        "draft", "State v. Roe", court, "D-1", "A boat.", editor
    )  # fmt: skip
    again = confirm(desk, preview)
    assert again.url == url("case")
    assert Case.objects.count() == 2


def test_defendants_are_named_by_address_and_by_name_only_if_nobody_has_it(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    Case.objects.create(slug="state-v-roe", caption="State v. Roe", court=court)
    for slug in ("jane-roe", "jane-roe-2"):
        Person.objects.create(slug=slug, name="Jane Roe")
    Name.objects.create(person=Person.objects.create(slug="bob", name="Bob Poe"), text="Robert Poe")
    rows = [
        "state-v-roe,jane-roe,1,captain,", "state-v-roe,,2,,Ann Coe", "state-v-roe,bea-lee,3,,Bea Lee",
        "state-v-roe,bob,4,,Bob Poe",
    ]  # fmt: skip
    preview = bring(desk, "\n".join([DEFENDANTS, *rows]), "defendant")
    assert [outcome for _, outcome, _ in lines(preview)] == [NEW] * 4
    assert Person.objects.count() == 3, "a preview makes nobody"
    confirm(desk, preview, "defendant")
    assert list(Defendant.objects.order_by("position").values_list("person__slug", "person__name", "described_as")) == [
        ("jane-roe", "Jane Roe", "captain"), ("ann-coe", "Ann Coe", ""), ("bea-lee", "Bea Lee", ""),
        ("bob", "Bob Poe", ""),
    ]  # fmt: skip
    refused = {
        "state-v-roe,,5,,Jané ROE": "jane-roe, jane-roe-2",
        "state-v-roe,,5,,Robert Poe": "enter the address as the person: bob.",
        "state-v-roe,jane-roe,5,,Jane Row": "is called “Jane Roe”, and not “Jane Row”",
        "state-v-roe,nobody,5,,": "There is no person with the address “nobody”.",
        "state-v-roe,,5,,": "Name the person.",
        "nowhere,jane-roe,5,,": "There is no case with the address “nowhere”.",
        "state-v-roe,jane-roe-2,many,,": "position: “many” is not a whole number.",
        "state-v-roe,BAD SLUG,5,,Somebody New": "Use small letters",
    }
    for row, told in refused.items():
        ((number, outcome, why),) = lines(bring(desk, f"{DEFENDANTS}\n{row}\n", "defendant"))
        assert (number, outcome) == (2, REFUSED), row
        assert told in " ".join(why), row


def test_what_is_no_draft_is_not_changed_and_one_refused_row_keeps_all_out(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    where = Jurisdiction.objects.get()
    for slug in ("a-court", "b-court"):
        Court.objects.create(slug=slug, name="Court of Twins", jurisdiction=where)
    waiting = Case.objects.create(slug="waiting", caption="Waiting", court=court, editorial_state="in_review")
    refused = {
        "state-v-quint,State v. Quin,criminal,freedonia-district,,,,": "It is published.",
        "waiting,Waiting longer,criminal,freedonia-district,,,,": "It is in review.",
        "state-v-quint,State v. Quint,criminal,freedonia-district,,,,draft": "The column “state” only tells",
        "new,New,criminal,freedonia-district,,,,published": "Leave it empty for a new row.",
        "new,New,criminal,Court of Twins,,,,": "Choose one: a-court, b-court.",
        "new,New,criminal,Nowhere,,,,": "There is no court with the address or the exact name “Nowhere”.",
        "new,New,criminal,,,,,": "Name the court by its address.",
        "new,New,murder,freedonia-district,,,,": "kind: “murder” is none of: criminal, civil,",
        "new,New,criminal,freedonia-district,,nowhere,,": "There is no matter with the address “nowhere”.",
        "New Case,New,criminal,freedonia-district,,,,": "address: Use small letters",
        ",New,criminal,freedonia-district,,,,": "address: ",
        "new,,criminal,freedonia-district,,,,": "name: ",
    }
    for row, told in refused.items():
        preview = bring(desk, f"{CASES}\ngood,Good,criminal,freedonia-district,,,,\n{row}\n")
        ((_, good, _), (number, outcome, why)) = lines(preview)
        assert (good, number, outcome) == (NEW, 3, REFUSED), row
        assert told in " ".join(why), row
        assert preview.context["word"] == ""
    defendant = f"state-v-quint,{kept.defendant.person.slug},1,the captain,"
    ((_, outcome, why),) = lines(bring(desk, f"{DEFENDANTS}\n{defendant}\n", "defendant"))
    assert (outcome, why[0][:21]) == (REFUSED, "Readers can read it. ")
    assert set(Case.objects.values_list("slug", "caption")) == {
        ("state-v-quint", "State v. Quint"),
        ("waiting", waiting.caption),
    }


def test_charges_are_brought_by_drafts_and_stay_with_their_defendant(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    public, other = (docket(court, report, editor, slug=slug) for slug in ("state-v-quint", "state-v-other"))
    case, who = public.case.slug, public.defendant.person.slug
    draft = act(public.case, "Indicted", "filing indictment", date(2024, 2, 1), report, editor)
    preview = bring(desk, f"{CHARGES}\n,{case},{who},{draft.pk},2,Fraud,§ 1,Felony,,,indictment,\n", "charge")
    assert lines(preview) == [(2, NEW, ())]
    confirm(desk, preview, "charge")
    new = Charge.objects.get(title="Fraud")
    assert (new.defendant, new.created_by, new.count, new.severity) == (public.defendant, draft, 2, "felony")
    preview = bring(
        desk, f"{CHARGES}\n{new.pk},{case},{who},{draft.pk},,Wire fraud,§ 1,felony,,,indictment,3\n", "charge"
    )
    told = ("count: “2” becomes “”", "title: “Fraud” becomes “Wire fraud”", "quantity: “1” becomes “3”")
    assert lines(preview) == [(2, CHANGED, told)]
    confirm(desk, preview, "charge")
    new.refresh_from_db()
    assert (new.title, new.count, new.quantity) == ("Wire fraud", None, 3)
    there, elsewhere = public.complaint.pk, other.complaint.pk
    refused = {
        f"{public.charge.pk},{case},{who},{there},,Arson at night,,,,,,": "Readers can read it.",
        f",{case},{who},{there},,More arson,,,,,,": f"The act {there} brings it: it is published.",
        f"{new.pk},{case},{who},{there},,Fraud,,,,,,": "it is published.",
        f"{new.pk},state-v-other,{other.defendant.person.slug},{draft.pk},,Fraud,,,,,,": "stays with its defendant",
        f",state-v-other,{who},{draft.pk},,Fraud,,,,,,": "is no defendant of the case “state-v-other”",
        f",{case},{who},x,,Fraud,,,,,,": "act: “x” is not a whole number.",
        f",{case},{who},,,Fraud,,,,,,": "act: Give the number of the act",
        f"99999999,{case},{who},{draft.pk},,Fraud,,,,,,": "There is no charge with this number.",
        f",{case},{who},{elsewhere},,Fraud,,,,,,": "brings it: it is published.",
    }
    for row, why in refused.items():
        ((_, outcome, said),) = lines(bring(desk, f"{CHARGES}\n{row}\n", "charge"))
        assert outcome == REFUSED, row
        assert why in " ".join(said), row
    assert Charge.objects.count() == 3


def test_a_row_that_is_published_between_preview_and_confirmation_keeps_all_out(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    Case.objects.create(slug="state-v-poe", caption="State v. Poe", court=court)
    preview = bring(
        desk, f"{CASES}\nnew,New,criminal,freedonia-district,,,,\nstate-v-poe,Po,criminal,freedonia-district,,,,\n"
    )
    Case.objects.update(editorial_state="in_review")
    response = confirm(desk, preview)
    assert [outcome for _, outcome, _ in lines(response)] == [NEW, REFUSED]
    assert list(Case.objects.values_list("slug", "caption")) == [("state-v-poe", "State v. Poe")]


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to a hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 110_000_000)
    return out.getvalue()


def entities() -> bytes:
    """A workbook whose sheet is a bomb of XML entities."""
    source, out = io.BytesIO(workbook(["address"], ["x"])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>' + data.split(b"?>")[-1]
            new.writestr(part, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no rows"),
        (CASES, "no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no table"),
        (b"%PDF-1.7 \xe2\xe3", "no table"),
        (f"{CASES}\nn,Mu\u0308ller,criminal,c,,,,".encode("utf-16"), "no table"),
        (f"{CASES}\nn,Müller,criminal,c,,,,".encode("latin-1"), "not in UTF-8"),
        ("<html><body>Not found</body></html>\n<p>", "lacks: address, name"),
        ("name,address\nx,y", "lacks: kind, court, docket_number, matter, summary."),
        (f"{CASES},colour\n,,,,,,,,red", "no column for “colour”"),
        (f"{CASES},address\n,,,,,,,,x", "same name"),
        (f"{CASES}\na,b,c,d,e,f,g,h,i", "Row 2 has more cells"),
        (f'{CASES}\na,"b,c', "no table"),
        (f"{CASES}\n" + "a,b,c,d,,,,\n" * 21, "20 rows at most"),
        (b"x" * 5_000_001, "5 megabytes at most"),
        (bomb, "5 megabytes at most"),
        (entities, "damaged"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (lambda: workbook(CASES.split(","), ["a", "=1+1"]), "Row 2 has a formula"),
        (lambda: workbook([*CASES.split(","), *["x"] * 300], ["a"]), "more than 60 columns"),
        (lambda: workbook(CASES.split(","), *[["a", "b"]] * 21), "20 rows at most"),
        ("x" * 200_000, "no table"),
    ],
    ids=[
        "empty", "header", "picture", "pdf", "utf-16", "latin-1", "html", "lacking", "unknown", "twice", "longer",
        "unclosed", "rows", "bytes", "bomb", "entities", "zip", "formula", "columns", "sheet rows", "one cell",
    ],
)  # fmt: skip
def test_a_wrong_file_gets_one_plain_sentence(desk: Client, data: Any, told: str) -> None:
    response = bring(desk, data() if callable(data) else data)
    assert response.status_code == 200
    (sentence,) = refusal(response)
    assert told in sentence
    assert Case.objects.count() == 0


def test_a_semicolon_and_a_workbook_of_numbers_are_read_too(desk: Client, court: Court) -> None:
    rows = [CASES.split(","), ["new", "New", "criminal", "freedonia-district", 12, None, None, None]]
    semicolons = "\ufeff" + "\r\n".join(";".join(str(cell or "") for cell in row) for row in rows)
    for data in (workbook(*rows), semicolons):
        preview = bring(desk, data)
        assert lines(preview) == [(2, NEW, ())], refusal(preview)
    confirm(desk, preview)
    assert Case.objects.get().docket_number == "12"


def test_who_may(client: Client, desk: Client, editor: User, court: Court) -> None:
    table = f"{CASES}\nnew,New,criminal,freedonia-district,,,,\n"
    preview = bring(desk, table)
    for word in (preview.context["word"], "x", ""):  # another account's, and made up
        contributor = User.objects.get_or_create(username="cora", is_staff=True)[0]
        contributor.groups.add(make_group(CONTRIBUTORS))
        client.force_login(contributor)
        assert client.post(url("case", "_table_confirm"), {"word": word}).url == url("case")
    assert Case.objects.count() == 0
    confirm(client, bring(client, table))
    assert Case.objects.get().editorial_state == "draft"
    contributor.groups.set([Group.objects.create(name="Nobody")])
    client.force_login(User.objects.get(pk=contributor.pk))
    for where in (url("case"), url("case", "_table", "csv"), url("defendant"), url("defendant", "_table", "xlsx")):
        assert client.get(where).status_code == 403
    assert client.post(url("case", "_table_confirm"), {"word": ""}).status_code == 403
