"""Ask the index of names, and the dictionary, one question for each step of a search: each costs a tenth of it."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("people.migrations.0009_asking_the_index")


def _names_where(condition: str) -> str:
    return f"""
            RETURN QUERY SELECT * FROM (
                SELECT i.person_id, i.name_id, i.text, i.kind, i.folded, i.sorted, i.standing,
                    (strpos(' ' || i.folded || ' ', word1) > 0)::int + (strpos(' ' || i.folded || ' ', word2) > 0)::int
                    + (strpos(' ' || i.folded || ' ', word3) > 0)::int
                    + (strpos(' ' || i.folded || ' ', word4) > 0)::int AS exactness
                FROM people_indexedname i
                WHERE {condition} AND i.standing + 0 >= least_standing
                LIMIT looked_at
            ) found ORDER BY exactness DESC, standing DESC, sorted, person_id LIMIT at_most;"""


NAMES = f"""
DROP FUNCTION people_names_holding(integer[], integer[], integer[], text[], integer, integer, integer);

-- For each place in the lists, in turn: names that hold one of the first keys there, one of the second and one of the
-- third, of persons of at least this standing. Keys are written as an array is; the second and third may be null.
-- Those that have the most of up to four words come first.
CREATE FUNCTION people_names_holding(
    firsts text[], seconds text[], thirds text[], words text[], least_standing integer, looked_at integer,
    at_most integer
) RETURNS TABLE (
    person_id bigint, name_id bigint, text varchar, kind varchar, folded varchar, sorted varchar, standing smallint,
    exactness integer
)
LANGUAGE plpgsql STABLE ROWS 100 {BEFORE.SETTINGS} AS $$
#variable_conflict use_column
DECLARE
    word1 text := ' ' || coalesce(words[1], '') || ' ';
    word2 text := ' ' || coalesce(words[2], '') || ' ';
    word3 text := ' ' || coalesce(words[3], '') || ' ';
    word4 text := ' ' || coalesce(words[4], '') || ' ';
    keys1 integer[];
    keys2 integer[];
    keys3 integer[];
BEGIN
    FOR at IN 1 .. cardinality(firsts) LOOP
        keys1 := firsts[at];
        keys2 := seconds[at];
        keys3 := thirds[at];
        IF keys2 IS NULL THEN
            {_names_where("i.keys && keys1")}
        ELSIF keys3 IS NULL THEN
            {_names_where("i.keys && keys1 AND i.keys && keys2")}
        ELSE
            {_names_where("i.keys && keys1 AND i.keys && keys2 AND i.keys && keys3")}
        END IF;
    END LOOP;
END
$$;
"""

WORDS = f"""
DROP FUNCTION people_words_like(integer[], integer, integer, integer);
DROP FUNCTION people_words_beginning(text, integer);
DROP FUNCTION people_words_known(text[]);

-- What the dictionary has, with how many names had each word when they were last counted:
-- "known", those of these words that it has;
-- "begun", for each of these beginnings the words that begin so;
-- "alike", for each typed word those that share one of its deletions, written as an array is: of two letters (far),
-- or, where that is null or the word is in more names than are common, of one (near). Are all words common, none is.
CREATE FUNCTION people_words_near(
    words text[], beginnings text[], typed text[], near text[], far text[], common integer, most_begun integer,
    most_alike integer
) RETURNS TABLE (what text, word text, tokens text, frequencies integer[])
LANGUAGE plpgsql STABLE ROWS 10 {BEFORE.SETTINGS} AS $$
#variable_conflict use_column
DECLARE
    beginning text;
    sure text[] := '{{}}';
    cuts integer[];
    edits integer;
BEGIN
    RETURN QUERY SELECT 'known', '', string_agg(t.token, ' '), array_agg(t.frequency)
        FROM people_nametoken t WHERE t.token = ANY (words);
    FOREACH beginning IN ARRAY beginnings LOOP
        RETURN QUERY SELECT 'begun', beginning, string_agg(t.token, ' '), array_agg(t.frequency) FROM (
            SELECT n.token, n.frequency FROM people_nametoken n
            WHERE n.token >= beginning AND n.token < beginning || '~'
            LIMIT most_begun
        ) t;
    END LOOP;
    IF cardinality(far) > 0 THEN
        sure := ARRAY(SELECT t.token FROM people_nametoken t WHERE t.token = ANY (typed) AND t.frequency > common);
        IF sure @> typed THEN
            sure := '{{}}';
        END IF;
    END IF;
    FOR at IN 1 .. cardinality(typed) LOOP
        edits := CASE WHEN far[at] IS NULL OR typed[at] = ANY (sure) THEN 1 ELSE 2 END;
        cuts := CASE edits WHEN 1 THEN near[at] ELSE far[at] END;
        RETURN QUERY SELECT 'alike', typed[at], string_agg(t.token, ' '), array_agg(t.frequency) FROM (
            SELECT n.token, n.frequency FROM people_nametoken n
            WHERE people_deletions(n.token) && cuts
                AND length(n.token) BETWEEN length(typed[at]) - edits AND length(typed[at]) + edits
            LIMIT most_alike
        ) t;
    END LOOP;
END
$$;
"""

NO_FUNCTIONS = """
DROP FUNCTION people_words_near(text[], text[], text[], text[], text[], integer, integer, integer);
DROP FUNCTION people_names_holding(text[], text[], text[], text[], integer, integer, integer);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_asking_the_index"),
    ]

    operations = [
        migrations.RunSQL(NAMES + WORDS, NO_FUNCTIONS + BEFORE.NAMES + BEFORE.WORDS),
    ]
