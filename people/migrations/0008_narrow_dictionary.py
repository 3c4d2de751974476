"""Hold the keys of a word's deletions in the index alone: a search looks at a thousand rows of the dictionary."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# An index is built, and a dump of it read, where only PostgreSQL's own functions are known: no other is called here.
DELETIONS = """
SET LOCAL statement_timeout = 0;

CREATE OR REPLACE FUNCTION people_deletions(word text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT ('x' || substr(md5(part), 1, 8))::bit(32)::integer)
    FROM (
        SELECT word AS part
        UNION ALL
        SELECT left(word, i - 1) || substr(word, i + 1)
        FROM generate_series(1, length(word)) i WHERE length(word) BETWEEN 3 AND 24
        UNION ALL
        SELECT left(word, i - 1) || substr(word, i + 1, j - i - 1) || substr(word, j + 1)
        FROM generate_series(1, length(word)) i, generate_series(1, length(word)) j
        WHERE i < j AND length(word) BETWEEN 5 AND 24
    ) parts
$$;
"""

RANGE = """
-- Bring the index in step for these persons. Only what differs is written; returns how many rows that was.
CREATE OR REPLACE FUNCTION people_index_range(first_id bigint, last_id bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT AS $$
DECLARE
    removed bigint;
    written bigint;
BEGIN
    -- Whoever changes a name of the same person meanwhile waits, and then sees what was written here.
    PERFORM 1 FROM people_person p WHERE p.id BETWEEN first_id AND last_id ORDER BY p.id FOR NO KEY UPDATE;
    DELETE FROM people_indexedname i
    USING (
        SELECT * FROM people_stored_names(first_id, last_id)
        EXCEPT SELECT * FROM people_expected_names(first_id, last_id)
    ) stale
    WHERE i.person_id = stale.person_id AND i.name_id IS NOT DISTINCT FROM stale.name_id;
    GET DIAGNOSTICS removed = ROW_COUNT;
    INSERT INTO people_indexedname (person_id, name_id, text, kind, folded, sorted, standing, keys)
    SELECT * FROM people_expected_names(first_id, last_id)
    EXCEPT SELECT * FROM people_stored_names(first_id, last_id);
    GET DIAGNOSTICS written = ROW_COUNT;
    INSERT INTO people_nametoken ({columns})
    SELECT {values}
    FROM (
        SELECT DISTINCT word
        FROM people_stored_names(first_id, last_id) i
        CROSS JOIN LATERAL unnest(string_to_array(i.folded, ' ')) word
        WHERE word <> ''
    ) w
    WHERE NOT EXISTS (SELECT 1 FROM people_nametoken t WHERE t.token = w.word)
    ORDER BY w.word
    ON CONFLICT DO NOTHING;
    RETURN greatest(removed, written);
END
$$;
"""
AS_BEFORE = {"columns": "token, key, frequency, deletions",
             "values": "w.word, people_key(w.word), 1, people_deletions(w.word)"}  # fmt: skip

# Until it is written anew, a row is as wide as before.
REWRITE = "ALTER TABLE people_nametoken ALTER COLUMN frequency TYPE integer USING frequency + 0"
FILL_AGAIN = """
INSERT INTO people_nametoken (token, key, frequency, deletions)
SELECT word, people_key(word), count(*), people_deletions(word)
FROM people_indexedname i CROSS JOIN LATERAL unnest(string_to_array(i.folded, ' ')) word
WHERE word <> '' GROUP BY word;
"""
# Else each ANALYZE would compute the deletions of thirty thousand words, and nothing is planned by them.
NO_STATISTICS = "ALTER INDEX nametoken_deletions ALTER COLUMN 1 SET STATISTICS 0"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_keys_of_pairs"),
    ]

    operations = [
        migrations.RunSQL(
            DELETIONS + RANGE.format(columns="token, frequency", values="w.word, 1"),
            RANGE.format(**AS_BEFORE) + FILL_AGAIN,
        ),
        migrations.RemoveIndex(
            model_name="nametoken",
            name="nametoken_deletions",
        ),
        migrations.RemoveField(
            model_name="nametoken",
            name="deletions",
        ),
        migrations.RemoveField(
            model_name="nametoken",
            name="key",
        ),
        migrations.RunSQL(REWRITE, "TRUNCATE people_nametoken"),
        migrations.AddIndex(
            model_name="nametoken",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    "token",
                    function="people_deletions",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                fastupdate=False,
                name="nametoken_deletions",
            ),
        ),
        migrations.RunSQL(NO_STATISTICS, migrations.RunSQL.noop),
    ]
