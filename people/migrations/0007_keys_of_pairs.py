"""Keys of two words of a name together: common words are then looked for in pairs, and not each in ten thousands."""

from django.db import migrations

PAIRS = """
-- The keys of a folded name: of each word; of each word's first one to four letters, marked with an asterisk; of every
-- two words of it, in the order of their letters; and of each word with another's first letter, after a circumflex.
CREATE OR REPLACE FUNCTION people_name_keys(folded text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT people_key(part)), '{}')
    FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY one(word, at)
    CROSS JOIN LATERAL (
        SELECT one.word AS part
        UNION ALL SELECT left(one.word, n) || '*' FROM generate_series(1, least(4, length(one.word))) n
        UNION ALL SELECT one.word || '^' || left(other.word, 1)
        FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY other(word, at)
        WHERE other.at <> one.at AND other.word <> ''
        UNION ALL SELECT one.word || ' ' || other.word
        FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY other(word, at)
        WHERE other.at <> one.at AND other.word <> '' AND one.word COLLATE "C" <= other.word COLLATE "C"
    ) parts
    WHERE one.word <> ''
$$;
"""

AS_BEFORE = """
CREATE OR REPLACE FUNCTION people_name_keys(folded text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT people_key(part)), '{}')
    FROM unnest(string_to_array(folded, ' ')) word
    CROSS JOIN LATERAL (
        SELECT word AS part
        UNION ALL SELECT left(word, n) || '*' FROM generate_series(1, least(4, length(word))) n
    ) parts
    WHERE word <> ''
$$;
"""

# The names that are indexed already. A record of a million takes minutes.
INDEX_AGAIN = """
SET LOCAL statement_timeout = 0;
UPDATE people_indexedname SET keys = people_name_keys(folded);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_history"),
    ]

    operations = [
        migrations.RunSQL(PAIRS + INDEX_AGAIN, AS_BEFORE + INDEX_AGAIN),
    ]
