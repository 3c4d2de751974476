"""The table in which attempts are counted, and the triggers that end the sessions of whoever loses a right.

Triggers, so that a right that is lost by a command, a bulk change or by hand in the database ends them as well.
"""

from django.core.management import call_command
from django.db import migrations

END = """
CREATE FUNCTION signin_end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'auth_user' THEN
        DELETE FROM signin_session WHERE user_id = OLD.id;
    ELSE
        DELETE FROM signin_session WHERE user_id = OLD.user_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER signin_account_lost AFTER UPDATE ON auth_user FOR EACH ROW
    WHEN ((OLD.is_active AND NOT NEW.is_active) OR (OLD.is_staff AND NOT NEW.is_staff)
          OR (OLD.is_superuser AND NOT NEW.is_superuser))
    EXECUTE FUNCTION signin_end_sessions();
CREATE TRIGGER signin_role_lost AFTER DELETE ON auth_user_groups FOR EACH ROW
    EXECUTE FUNCTION signin_end_sessions();
CREATE TRIGGER signin_right_lost AFTER DELETE ON auth_user_user_permissions FOR EACH ROW
    EXECUTE FUNCTION signin_end_sessions();
"""
BACK = """
DROP TRIGGER signin_right_lost ON auth_user_user_permissions;
DROP TRIGGER signin_role_lost ON auth_user_groups;
DROP TRIGGER signin_account_lost ON auth_user;
DROP FUNCTION signin_end_sessions();
"""


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("signin", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
        migrations.RunSQL(END, BACK),
    ]
