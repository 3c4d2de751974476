"""Triggers that empty the proposals of what is sealed, or may not be named: a file's words are no way around a seal."""

from django.db import migrations

UPDATE = """
    UPDATE imports_proposal p
    SET new = '{{}}'::jsonb, old = NULL, label = '(not to be named)', reason = '', candidates = '[]'::jsonb,
        marks = '[]'::jsonb
    FROM imports_sourcekey k JOIN imports_batch b ON b.origin_id = k.origin_id JOIN imports_proposal said
      ON said.id = k.proposal_id
    WHERE p.batch_id = b.id AND {which};
"""
DEFENDANT = """
    k.kind = 'party' AND said.new->>'role' = 'defendant' AND k.row IN ({ids}) AND (p.key = k.key OR p.rests_on ? k.key)
"""
HIDDEN = "('sealed', 'name_withheld')"
FORGETTING = {
    "cases_case": ("k.kind = 'case' AND k.row = NEW.id AND p.within = k.within", "('sealed')"),
    "cases_defendant": (DEFENDANT.format(ids="NEW.id"), HIDDEN),
    "people_person": (DEFENDANT.format(ids="SELECT d.id FROM cases_defendant d WHERE d.person_id = NEW.id"), HIDDEN),
}


def make(apps, editor):
    with editor.connection.cursor() as cursor:
        for table, (which, states) in FORGETTING.items():
            cursor.execute(
                f"""
                CREATE FUNCTION imports_forget_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN {UPDATE.format(which=which)} RETURN NULL; END $$;
                CREATE TRIGGER imports_forget AFTER UPDATE OF visibility ON {table} FOR EACH ROW
                WHEN (NEW.visibility IN {states} AND OLD.visibility IS DISTINCT FROM NEW.visibility)
                EXECUTE FUNCTION imports_forget_{table}();
                """
            )


def unmake(apps, editor):
    with editor.connection.cursor() as cursor:
        for table in FORGETTING:
            cursor.execute(f"DROP TRIGGER imports_forget ON {table}; DROP FUNCTION imports_forget_{table}()")


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_counted_and_moved")]

    operations = [migrations.RunPython(make, unmake)]
