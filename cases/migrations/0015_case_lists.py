"""The lists of cases have an index of their own: what they are counted and found by (``cases.models.listing``)."""

from collections.abc import Callable
from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FUNCTIONS = r"""
-- The keys of words that stand between spaces: of each word's first one to sixteen letters, and of a docket number
-- (after its number sign) as a whole. A key is the first four bytes of MD5, as ``people_key`` makes it.
CREATE FUNCTION cases_word_keys(words text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT ('x' || substr(md5(part), 1, 8))::bit(32)::integer), '{}')
    FROM (
        SELECT left(word, n) AS part
        FROM unnest(string_to_array(words, ' ')) word CROSS JOIN generate_series(1, least(16, length(word))) n
        WHERE word <> '' AND word NOT LIKE '#%'
        UNION ALL
        SELECT word FROM unnest(string_to_array(words, ' ')) word WHERE word LIKE '#%'
    ) parts
$$;

CREATE TYPE cases_listing AS (
    case_id bigint, court_id bigint, kind text, status text, finality text, outcomes text[],
    latest date, slug text, years integer[], words text
);

-- What the index of the lists has to hold of these cases: the one definition for writing, checking and mending.
CREATE FUNCTION cases_expected_list(ids bigint[]) RETURNS SETOF cases_listing
LANGUAGE sql STABLE STRICT AS $$
    SELECT c.id, c.court_id, c.kind, c.derived_status, c.derived_finality, coalesce(charged.classes, '{}'),
        c.latest_act_on, c.slug, coalesce(acted.years, '{}'), coalesce(told.words, '')
    FROM cases_case c
    -- as published_charges()
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT h.derived_class::text COLLATE "C" ORDER BY h.derived_class::text COLLATE "C") AS classes
        FROM cases_defendant d
        JOIN people_person p ON p.id = d.person_id
        JOIN cases_charge h ON h.defendant_id = d.id
        JOIN cases_event e ON e.id = h.created_by_id
        WHERE d.case_id = c.id AND d.visibility <> 'sealed' AND p.visibility <> 'sealed'
            AND e.editorial_state = 'published'
    ) charged ON true
    -- as Event.objects.published().not_of_sealed_alone(), held, as far as the date is known
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT year ORDER BY year) AS years
        FROM cases_event e
        CROSS JOIN LATERAL generate_series(
            greatest(1600, extract(year FROM e."on")::integer),
            least(2200, extract(year FROM coalesce(e."until", e."on"))::integer)
        ) year
        WHERE e.case_id = c.id AND e.editorial_state = 'published' AND e.occurrence = 'held' AND e."on" IS NOT NULL
            AND NOT coalesce((
                SELECT bool_and(d.visibility = 'sealed' OR p.visibility = 'sealed')
                FROM (
                    SELECT m.defendant_id AS id FROM cases_event_defendants m WHERE m.event_id = e.id
                    UNION ALL SELECT h.defendant_id FROM cases_charge h WHERE h.created_by_id = e.id
                    UNION ALL SELECT h.defendant_id FROM cases_outcome o JOIN cases_charge h ON h.id = o.charge_id
                        WHERE o.event_id = e.id
                    UNION ALL SELECT h.defendant_id FROM cases_sentencepart s JOIN cases_charge h ON h.id = s.charge_id
                        WHERE s.event_id = e.id
                ) touched
                JOIN cases_defendant d ON d.id = touched.id
                JOIN people_person p ON p.id = d.person_id
            ), false)
    ) acted ON true
    -- the names as named_defendants()
    LEFT JOIN LATERAL (
        SELECT ' ' || string_agg(DISTINCT word COLLATE "C", ' ' ORDER BY word COLLATE "C") || ' ' AS words
        FROM (
            SELECT unnest(string_to_array(texts.folded, ' ')) AS word
            FROM (
                SELECT c.folded
                UNION ALL
                SELECT names.folded
                FROM cases_defendant d
                JOIN people_person p ON p.id = d.person_id
                CROSS JOIN LATERAL (
                    SELECT p.folded UNION ALL SELECT n.folded FROM people_name n WHERE n.person_id = p.id
                ) names
                WHERE d.case_id = c.id AND d.visibility IN ('public', 'noindex')
                    AND p.visibility IN ('public', 'noindex')
                    AND (
                        EXISTS (
                            SELECT 1 FROM cases_charge h JOIN cases_event e ON e.id = h.created_by_id
                            WHERE h.defendant_id = d.id AND e.editorial_state = 'published'
                        ) OR EXISTS (
                            SELECT 1 FROM cases_event_defendants m JOIN cases_event e ON e.id = m.event_id
                            WHERE m.defendant_id = d.id AND e.editorial_state = 'published'
                        )
                    )
            ) texts
            WHERE c.visibility IN ('public', 'noindex')
            UNION ALL
            SELECT '#' || upper(regexp_replace(c.docket_number, '[^0-9A-Za-z]', '', 'g'))
        ) found
        WHERE word NOT IN ('', '#')
    ) told ON true
    WHERE c.id = ANY (ids) AND c.editorial_state = 'published' AND c.visibility <> 'sealed'
$$;

-- What it holds of them, in the same shape, so that the two can be compared with EXCEPT.
CREATE FUNCTION cases_stored_list(ids bigint[]) RETURNS SETOF cases_listing
LANGUAGE sql STABLE STRICT AS $$
    SELECT l.case_id, c.court_id, c.kind, c.status, c.finality, c.outcomes, l.latest, l.slug, l.years, l.words
    FROM cases_listedcase l LEFT JOIN cases_listcell c ON c.id = l.cell_id
    WHERE l.case_id = ANY (ids)
$$;

-- Bring the index in step for these cases. Only what differs is written; returns how many rows that was.
CREATE FUNCTION cases_list_cases(ids bigint[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT AS $$
DECLARE
    expected cases_listing[];
    changed bigint;
BEGIN
    -- Whoever changes the same case meanwhile waits, and then sees what was written here.
    PERFORM 1 FROM cases_case c WHERE c.id = ANY (ids) ORDER BY c.id FOR NO KEY UPDATE;
    SELECT array_agg(e) INTO expected FROM cases_expected_list(ids) e;
    INSERT INTO cases_listcell (court_id, kind, status, finality, outcomes, listed)
    SELECT DISTINCT e.court_id, e.kind, e.status, e.finality, e.outcomes::varchar[], 0
    FROM unnest(expected) e
    WHERE NOT EXISTS (
        SELECT 1 FROM cases_listcell c
        WHERE c.court_id = e.court_id AND c.kind = e.kind AND c.status = e.status AND c.finality = e.finality
            AND c.outcomes = e.outcomes::varchar[]
    )
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT DO NOTHING;
    WITH before AS MATERIALIZED (
        SELECT l.case_id, l.cell_id FROM cases_listedcase l WHERE l.case_id = ANY (ids)
    ), gone AS (
        DELETE FROM cases_listedcase l
        WHERE l.case_id = ANY (ids) AND NOT EXISTS (SELECT 1 FROM unnest(expected) e WHERE e.case_id = l.case_id)
        RETURNING l.cell_id
    ), written AS (
        INSERT INTO cases_listedcase AS l (case_id, cell_id, latest, slug, years, words)
        SELECT e.case_id, c.id, e.latest, e.slug, e.years, e.words
        FROM unnest(expected) e
        JOIN cases_listcell c ON c.court_id = e.court_id AND c.kind = e.kind AND c.status = e.status
            AND c.finality = e.finality AND c.outcomes = e.outcomes::varchar[]
        ON CONFLICT (case_id) DO UPDATE
        SET cell_id = excluded.cell_id, latest = excluded.latest, slug = excluded.slug, years = excluded.years,
            words = excluded.words
        WHERE (l.cell_id, l.latest, l.slug, l.years, l.words)
            IS DISTINCT FROM (excluded.cell_id, excluded.latest, excluded.slug, excluded.years, excluded.words)
        RETURNING l.case_id, l.cell_id
    ), moved AS (
        SELECT cell_id, sum(n) AS n
        FROM (
            SELECT cell_id, -1 AS n FROM gone
            UNION ALL SELECT b.cell_id, -1 FROM before b JOIN written w ON w.case_id = b.case_id
            UNION ALL SELECT w.cell_id, 1 FROM written w
        ) steps
        GROUP BY cell_id HAVING sum(n) <> 0
    ), counted AS (
        UPDATE cases_listcell c SET listed = c.listed + moved.n FROM moved WHERE c.id = moved.cell_id RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) INTO changed;
    RETURN changed;
END
$$;

-- Bring the index in step for the listed cases of a person.
CREATE FUNCTION cases_list_cases_of(person bigint) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT AS $$
DECLARE
    ids bigint[];
BEGIN
    SELECT array_agg(d.case_id) INTO ids
    FROM cases_defendant d JOIN cases_case c ON c.id = d.case_id
    WHERE d.person_id = person AND c.editorial_state = 'published';
    PERFORM cases_list_cases(ids);
END
$$;

-- A name that is hidden, or changed, is so in the lists at once, by whatever way it was written. These triggers stand
-- in cases, because persons know nothing of cases.
CREATE FUNCTION cases_list_changed_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_list_cases_of(NEW.id);
    RETURN NULL;
END
$$;

CREATE FUNCTION cases_list_changed_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM cases_list_cases_of(OLD.person_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM cases_list_cases_of(NEW.person_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER cases_list_changed_person AFTER UPDATE OF folded, visibility ON people_person
FOR EACH ROW WHEN (OLD.folded <> NEW.folded OR OLD.visibility <> NEW.visibility)
EXECUTE FUNCTION cases_list_changed_person();

CREATE TRIGGER cases_list_changed_name AFTER INSERT OR UPDATE OR DELETE ON people_name
FOR EACH ROW EXECUTE FUNCTION cases_list_changed_name();
"""

# The planner knows neither how few cases have a word, nor which: each plan reads by the GIN index. What it finds is
# looked at once more, because two words may have one key; the keys of a row are never made again for that.
_SETTINGS = """
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET jit = off
SET work_mem = '64MB'
"""


def _where(*conditions: str) -> str:
    return f"""
        RETURN QUERY SELECT l.case_id, l.cell_id, l.latest, l.slug
        FROM cases_listedcase l WHERE {" AND ".join(conditions)};"""


def _counted_where(*conditions: str) -> str:
    return f"""
        RETURN QUERY SELECT l.cell_id, count(*)
        FROM cases_listedcase l WHERE {" AND ".join(conditions)} GROUP BY l.cell_id;"""


# A condition by the index stands alone beside LIKE: in an OR it would be asked of each row that is found, by making
# the keys of its words anew.
_WORDS = ("cases_word_keys(l.words) @> keys", "l.words LIKE ALL (patterns)")
_DOCKET = ("cases_word_keys(l.words) @> docket_keys", "l.words LIKE docket_pattern", "NOT l.words LIKE ALL (patterns)")
_YEAR = "l.years @> asked_years"


def _branches(where: Callable[..., str]) -> str:
    return f"""
#variable_conflict use_column
BEGIN
    IF keys IS NULL THEN
        {where(_YEAR)}
    ELSIF asked_years IS NULL THEN
        {where(*_WORDS)}
        IF docket_keys IS NOT NULL THEN
            {where(*_DOCKET)}
        END IF;
    ELSE
        {where(*_WORDS, _YEAR)}
        IF docket_keys IS NOT NULL THEN
            {where(*_DOCKET, _YEAR)}
        END IF;
    END IF;
END
"""


SEARCH = f"""
-- The listed cases that have all these words (keys and LIKE patterns) or this docket number, and an act in this year;
-- words, docket number or year may be null.
CREATE FUNCTION cases_listed_with(
    keys integer[], patterns text[], docket_keys integer[], docket_pattern text, asked_years integer[]
) RETURNS TABLE (case_id bigint, cell_id bigint, latest date, slug varchar)
LANGUAGE plpgsql STABLE ROWS 5000 {_SETTINGS} AS $$ {_branches(_where)} $$;

-- How many of them each cell has; a cell may come twice.
CREATE FUNCTION cases_counted_with(
    keys integer[], patterns text[], docket_keys integer[], docket_pattern text, asked_years integer[]
) RETURNS TABLE (cell_id bigint, n bigint)
LANGUAGE plpgsql STABLE ROWS 1000 {_SETTINGS} AS $$ {_branches(_counted_where)} $$;
"""

NO_FUNCTIONS = """
DROP TRIGGER cases_list_changed_name ON people_name;
DROP TRIGGER cases_list_changed_person ON people_person;
DROP FUNCTION cases_list_changed_name();
DROP FUNCTION cases_list_changed_person();
DROP FUNCTION cases_list_cases_of(bigint);
DROP FUNCTION cases_list_cases(bigint[]);
DROP FUNCTION cases_stored_list(bigint[]);
DROP FUNCTION cases_expected_list(bigint[]);
DROP TYPE cases_listing;
DROP FUNCTION cases_word_keys(text);
"""
NO_SEARCH = """
DROP FUNCTION cases_counted_with(integer[], text[], integer[], text, integer[]);
DROP FUNCTION cases_listed_with(integer[], text[], integer[], text, integer[]);
"""

A_BATCH = 5_000


def list_all(apps: Any, schema_editor: Any) -> None:
    """List the cases of an installation that is older than the index."""
    with schema_editor.connection.cursor() as cursor:
        # A statement of the site may not take as long.
        cursor.execute("SET LOCAL statement_timeout = 0")
        last = 0
        while True:
            cursor.execute("SELECT array_agg(id) FROM (SELECT id FROM cases_case WHERE id > %s ORDER BY id LIMIT %s) c",
                           [last, A_BATCH])  # fmt: skip
            (ids,) = cursor.fetchone()
            if not ids:
                return
            cursor.execute("SELECT cases_list_cases(%s)", [ids])
            last = ids[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_stored_until"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("status", models.CharField(max_length=40)),
                ("finality", models.CharField(max_length=40)),
                (
                    "outcomes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("listed", models.IntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ListedCase",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("latest", models.DateField(null=True)),
                ("slug", models.CharField(db_collation="C", max_length=120)),
                ("years", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("words", models.TextField(db_collation="C")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="listcell",
            name="court",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.court",
            ),
        ),
        migrations.AddField(
            model_name="listedcase",
            name="cell",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.listcell",
            ),
        ),
        migrations.AddConstraint(
            model_name="listcell",
            constraint=models.UniqueConstraint(
                fields=("court", "kind", "status", "finality", "outcomes"), name="listcell_once"
            ),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunPython(list_all, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="listedcase",
            index=models.Index(
                models.OrderBy(models.F("latest"), descending=True, nulls_last=True),
                models.F("slug"),
                include=("case", "cell"),
                name="listed_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="listedcase",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    "words",
                    function="cases_word_keys",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                models.F("years"),
                fastupdate=False,
                name="listed_words",
            ),
        ),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="list_new_case",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"editorial_state\" = 'published')",
                    func="PERFORM cases_list_cases(ARRAY[NEW.id]); RETURN NULL;",
                    hash="ccb4b6a447901dcccd13134700c762a3ff546921",
                    operation="INSERT",
                    pgid="pgtrigger_list_new_case_56550",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="list_changed_case",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"editorial_state\" = 'published' OR NEW.\"editorial_state\" = 'published')",
                    func="PERFORM cases_list_cases(ARRAY[NEW.id]); RETURN NULL;",
                    hash="19a4cc2d4b53dc5afd48ba5359f83bc4b5a983c5",
                    operation='UPDATE OF "editorial_state", "visibility", "court_id", "kind", "docket_number", "slug", "folded", "derived_status", "derived_finality", "latest_act_on"',
                    pgid="pgtrigger_list_changed_case_92b6c",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="unlist_case",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"editorial_state\" = 'published')",
                    func="PERFORM cases_list_cases(ARRAY[OLD.id]); RETURN NULL;",
                    hash="c02dbf12263e039176b084c72e5ac4368f77c9a2",
                    operation="DELETE",
                    pgid="pgtrigger_unlist_case_ab98c",
                    table="cases_case",
                    when="AFTER",
                ),
            ),
        ),
    ]
