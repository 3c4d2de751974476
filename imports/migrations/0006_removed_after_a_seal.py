"""A decision for what is removed after a seal; the verbs tell imports of it, so its triggers go (``imports.forgetting``)."""

from importlib import import_module

from django.db import migrations, models

forgetting = import_module("imports.migrations.0003_forget_what_is_sealed")


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_kept_mappings")]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="decision",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("accepted", "Accepted"),
                    ("rejected", "Rejected"),
                    ("undone", "Undone"),
                    ("overtaken", "Overtaken"),
                    ("noted", "For information"),
                    ("sealed", "Removed after a seal"),
                ],
                default="open",
                max_length=20,
            ),
        ),
        migrations.RunPython(forgetting.unmake, forgetting.make),
    ]
