"""Kept typing is encrypted from now on, and triggers drop it when something is sealed or a name may not be read.

What is kept can be read by nobody but who typed it, so whether it holds the name can not be told: all of it goes. It is an
hour's at most.
"""

from django.db import migrations

FORGET = """
DELETE FROM signin_kepttyping;
CREATE FUNCTION signin_forget_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM signin_kepttyping;
    RETURN NULL;
END $$;
"""
TABLES = ("cases_case", "cases_defendant", "people_person")
TRIGGER = """
CREATE TRIGGER signin_forget_kept AFTER UPDATE OF visibility ON {table} FOR EACH ROW
    WHEN (NEW.visibility IN ('sealed', 'name_withheld') AND OLD.visibility IS DISTINCT FROM NEW.visibility)
    EXECUTE FUNCTION signin_forget_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("signin", "0004_encrypted"),
        ("cases", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION signin_forget_kept();"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER signin_forget_kept ON {table};")
            for table in TABLES
        ),
    ]
