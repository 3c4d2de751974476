"""Captions, titles and courts are folded anew in which a letter or an apostrophe of another script divided a word."""

from typing import Any

from django.db import migrations

from people.names import fold

AT_ONCE = 2_000


def fold_anew(apps: Any, schema_editor: Any) -> None:
    """Write what is folded otherwise than before; only texts that are not all ASCII can be."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a statement of the site may not take as long
    for noun, columns in (
        ("Case", ("caption", "docket_number")),
        ("Matter", ("title",)),
        ("Court", ("name", "citation_string", "location")),
    ):
        rows = apps.get_model("cases", noun)._base_manager
        for pk, folded, *texts in rows.values_list("pk", "folded", *columns).iterator(chunk_size=AT_ONCE):
            text = " ".join(texts)
            if not text.isascii() and (new := fold(text)[:400]) != folded:
                rows.filter(pk=pk).update(folded=new)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_case_lists"),
        ("people", "0012_fold_signs"),
    ]

    operations = [
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
    ]
