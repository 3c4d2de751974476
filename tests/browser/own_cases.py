"""Cases of the tests' own, beside the demonstration: each belongs to one test, which finds it as it was entered.

Run as a module it enters them all, as one process costs seconds, and prints the number of each.
"""

import json
import subprocess
import sys
from datetime import date

from tests.browser.site import Site
from tests.config.conftest import CHECKOUT

# By the surname of who is charged with arson: the name.
CHARGED = {"vale": "Vera Vale", "wren": "Willa Wren", "moss": "Nora Moss"}
DISMISSED = ["wren"]  # with prejudice, on 12 July 2024


def enter_cases(site: Site) -> dict[str, str]:
    """Enter them in the database of ``site``; return the number of each case by its surname."""
    entered = subprocess.run(
        [sys.executable, "-m", "tests.browser.own_cases"],
        cwd=CHECKOUT,
        env=site.house.environment | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )
    assert entered.returncode == 0, entered.stderr
    return json.loads(entered.stdout.splitlines()[-1])


def main() -> None:
    import django

    django.setup()
    from django.contrib.auth.models import User

    from cases import editing
    from cases.models import Court, Disposition, Outcome, Source
    from tests.desk.record import act, docket

    by = User.objects.get(username="administrator")
    court = Court.objects.get(slug="nm-first-judicial-district")
    made = {}
    with editing.sitting():
        report = editing.save(Source(title="Order of the court", kind="court_record"), by=by)
        for surname, name in CHARGED.items():
            made[surname] = docket(court, report, by, slug=f"state-v-{surname}", name=name)
    for surname in DISMISSED:
        of = made[surname]
        with editing.sitting():
            ruling = act(of.case, "Case dismissed", "ruling dismiss granted", date(2024, 7, 12), report, by)
            term = Disposition.objects.get(slug="dismissed_with_prejudice")
            editing.save(Outcome(event=ruling, charge=of.charge, disposition=term), by=by)
            editing.correct(kind="update", sentence="The case was dismissed.", by=by)
            editing.publish(ruling, by=by)
    sys.stdout.write(json.dumps({surname: str(one.case.pk) for surname, one in made.items()}) + "\n")


if __name__ == "__main__":
    main()
