"""Functions that ask the index of names: what they ask is planned once for a connection, and not for each search."""

from django.db import migrations

# The planner knows neither how few names hold one of a hundred keys, nor which: each plan reads by the GIN index.
SETTINGS = """
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET jit = off
"""


def _names_where(condition: str) -> str:
    return f"""
        RETURN QUERY SELECT * FROM (
            SELECT i.person_id, i.name_id, i.text, i.kind, i.folded, i.sorted, i.standing,
                (strpos(' ' || i.folded || ' ', word1) > 0)::int + (strpos(' ' || i.folded || ' ', word2) > 0)::int
                + (strpos(' ' || i.folded || ' ', word3) > 0)::int + (strpos(' ' || i.folded || ' ', word4) > 0)::int
                AS exactness
            FROM people_indexedname i
            WHERE {condition} AND i.standing + 0 >= least_standing
            LIMIT looked_at
        ) found ORDER BY exactness DESC, standing DESC, sorted, person_id LIMIT at_most;"""


NAMES = f"""
-- Names that hold one key of each list (the second and third may be null), of persons of at least this standing.
-- Those that have the most of up to four words come first.
CREATE FUNCTION people_names_holding(
    first integer[], second integer[], third integer[], words text[], least_standing integer, looked_at integer,
    at_most integer
) RETURNS TABLE (
    person_id bigint, name_id bigint, text varchar, kind varchar, folded varchar, sorted varchar, standing smallint,
    exactness integer
)
LANGUAGE plpgsql STABLE ROWS 100 {SETTINGS} AS $$
#variable_conflict use_column
DECLARE
    word1 text := ' ' || coalesce(words[1], '') || ' ';
    word2 text := ' ' || coalesce(words[2], '') || ' ';
    word3 text := ' ' || coalesce(words[3], '') || ' ';
    word4 text := ' ' || coalesce(words[4], '') || ' ';
BEGIN
    IF second IS NULL THEN
        {_names_where("i.keys && first")}
    ELSIF third IS NULL THEN
        {_names_where("i.keys && first AND i.keys && second")}
    ELSE
        {_names_where("i.keys && first AND i.keys && second AND i.keys && third")}
    END IF;
END
$$;
"""

WORDS = f"""
-- How many names had each of these words when they were last counted; words that none has are left out.
CREATE FUNCTION people_words_known(words text[]) RETURNS TABLE (token varchar, frequency integer)
LANGUAGE plpgsql STABLE ROWS 10 {SETTINGS} AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT t.token, t.frequency FROM people_nametoken t WHERE t.token = ANY (words);
END
$$;

-- The words that begin so, with a space between them, and how many names had each.
CREATE FUNCTION people_words_beginning(start text, at_most integer)
RETURNS TABLE (tokens text, frequencies integer[])
LANGUAGE plpgsql STABLE ROWS 1 {SETTINGS} AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT string_agg(t.token, ' '), array_agg(t.frequency) FROM (
        SELECT n.token, n.frequency FROM people_nametoken n
        WHERE n.token >= start AND n.token < start || '~'
        LIMIT at_most
    ) t;
END
$$;

-- The words of a length that share one of these deletions, in the same way.
CREATE FUNCTION people_words_like(cuts integer[], shortest integer, longest integer, at_most integer)
RETURNS TABLE (tokens text, frequencies integer[])
LANGUAGE plpgsql STABLE ROWS 1 {SETTINGS} AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT string_agg(t.token, ' '), array_agg(t.frequency) FROM (
        SELECT n.token, n.frequency FROM people_nametoken n
        WHERE people_deletions(n.token) && cuts AND length(n.token) BETWEEN shortest AND longest
        LIMIT at_most
    ) t;
END
$$;
"""

NO_FUNCTIONS = """
DROP FUNCTION people_words_like(integer[], integer, integer, integer);
DROP FUNCTION people_words_beginning(text, integer);
DROP FUNCTION people_words_known(text[]);
DROP FUNCTION people_names_holding(integer[], integer[], integer[], text[], integer, integer, integer);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_narrow_dictionary"),
    ]

    operations = [
        migrations.RunSQL(NAMES + WORDS, NO_FUNCTIONS),
    ]
