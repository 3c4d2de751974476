"""Until which day what is stored of a case holds; what was stored before may have lapsed, and is derived anew."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.utils.timezone import localdate


def let_what_may_lapse_be_derived_anew(apps: Any, schema_editor: Any) -> None:
    """Mark the cases in which a time to appeal may run, or which an editor's word or a later entry may change."""
    cases = apps.get_model("cases", "Case")
    appealable = Q(derived_finality="appealable") | Q(defendants__charges__derived_finality="appealable")
    announced = Q(override_on__isnull=False) | Q(events__entered_on__gte=localdate())
    found = cases._base_manager.filter(appealable | announced, editorial_state="published").values("pk")
    cases._base_manager.filter(pk__in=found).update(derived_until=localdate() - timedelta(days=1))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_merged_into"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="derived_until",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("derived_until__isnull", False)),
                fields=["derived_until"],
                name="case_derived_until",
            ),
        ),
        migrations.RunPython(let_what_may_lapse_be_derived_anew, migrations.RunPython.noop),
    ]
