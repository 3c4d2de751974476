"""Names are folded anew in which a letter or an apostrophe of another script divided a word; the index follows."""

from typing import Any

from django.db import migrations
from django.db.models import F, Func, IntegerField

from people.choices import PartyKind
from people.names import fold, sort_name


def _with_signs(rows: Any, column: str) -> Any:
    """The rows with a character that is not ASCII in this column: no other is folded otherwise than before."""
    octets = Func(column, function="octet_length", output_field=IntegerField())
    letters = Func(column, function="char_length", output_field=IntegerField())
    return rows.alias(octets=octets, letters=letters).exclude(octets=F("letters"))


def fold_anew(apps: Any, schema_editor: Any) -> None:
    """Write the folded name and the sorting key of every person, and the folded other names, that are otherwise now."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a statement of the site may not take as long
    persons = apps.get_model("people", "Person")._base_manager
    bodies = (PartyKind.ORGANISATION, PartyKind.GOVERNMENT_BODY)
    for pk, name, kind, folded, key in _with_signs(persons, "name").values_list(
        "pk", "name", "kind", "folded", "sort_name"
    ):
        new, new_key = fold(name)[:400], sort_name(name, natural=kind not in bodies)[:400]
        if (new, new_key) != (folded, key):
            persons.filter(pk=pk).update(folded=new, sort_name=new_key)
    names = apps.get_model("people", "Name")._base_manager
    for pk, text, folded in _with_signs(names, "text").values_list("pk", "text", "folded"):
        if (new := fold(text)[:400]) != folded:
            names.filter(pk=pk).update(folded=new)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_hidden_index"),
    ]

    operations = [
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
    ]
