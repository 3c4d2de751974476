"""A court's folded text has its place as well, so that Montréal is found by Montreal."""

from typing import Any

from django.db import migrations

from people.names import fold

AT_ONCE = 2_000


def fold_places(apps: Any, schema_editor: Any) -> None:
    """Write the folded text of every court that has a place."""
    courts = apps.get_model("cases", "Court")
    changed = []
    for court in courts._base_manager.exclude(location="").only("name", "citation_string", "location", "folded"):
        folded = fold(f"{court.name} {court.citation_string} {court.location}")[:400]
        if folded != court.folded:
            changed.append((court.pk, folded))
    for start in range(0, len(changed), AT_ONCE):
        rows = [courts(pk=pk, folded=folded) for pk, folded in changed[start : start + AT_ONCE]]
        courts._base_manager.bulk_update(rows, ["folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_writers"),
    ]

    operations = [
        migrations.RunPython(fold_places, migrations.RunPython.noop),
    ]
