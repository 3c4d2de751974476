"""What an installation may not forget, and what every answer of the site carries."""

import os
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from config.environment import secret_key
from tests.config.conftest import CHECKOUT

PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DATABASE_URL": "postgres://user:secret@localhost/name",
    "ALLOWED_HOSTS": "a.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with this environment and nothing of ours."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY is not set."),
        (PRODUCTION | {"SECRET_KEY": " "}, "SECRET_KEY is not set."),
        (PRODUCTION | {"DATABASE_URL": ""}, "DATABASE_URL is not set."),
        (PRODUCTION | {"CONTACT": "javascript:alert(1)"}, "CONTACT='javascript:alert(1)' is neither"),
        (PRODUCTION | {"DATABASE_URL": "nonsense"}, "DATABASE_URL can not be read"),
        (PRODUCTION | {"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL must name a PostgreSQL database"),
        (PRODUCTION | {"DEBUG": "ture"}, "DEBUG='ture' is neither yes nor no"),
        (PRODUCTION | {"CONN_MAX_AGE": "long"}, "CONN_MAX_AGE='long' is not a whole number"),
    ],
)
def test_a_public_site_refuses_to_start_in_one_clear_sentence(environment: dict[str, str], sentence: str) -> None:
    run = manage("check", **environment)
    assert run.returncode == 1
    assert run.stderr.startswith(sentence)
    assert "Traceback" not in run.stderr
    assert "secret@" not in run.stderr


def test_a_public_site_passes_the_deployment_check() -> None:
    run = manage("check", "--deploy", "--fail-level", "ERROR", **PRODUCTION)
    assert run.returncode == 0, run.stderr
    # Two are the installation's own choice: sub-domains it may share, and a redirect that its proxy makes.
    warned = {line.split(")")[0].split("security.")[1] for line in run.stderr.splitlines() if "(security." in line}
    assert warned <= {"W005", "W008", "W021"}


def test_settings_of_a_public_site() -> None:
    shown = manage("diffsettings", **PRODUCTION, STATEMENT_TIMEOUT_SECONDS="3").stdout
    assert "SESSION_COOKIE_SECURE = True" in shown
    assert "CSRF_COOKIE_SECURE = True" in shown
    assert "SECURE_HSTS_SECONDS = 31536000" in shown
    assert "CompressedManifestStaticFilesStorage" in shown
    assert "-c statement_timeout=3s" in shown
    assert "'CONN_HEALTH_CHECKS': True" in shown


def test_the_generated_secret_is_kept_for_this_user_alone(tmp_path: Path) -> None:
    kept = tmp_path / "local" / "secret_key"
    made = secret_key(kept, may_generate=True)
    assert len(made) >= 50
    assert secret_key(kept, may_generate=True) == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_every_answer_forbids_what_the_site_does_not_use(client: Client) -> None:
    answer = client.get("/static/admin/css/base.css")
    assert answer.status_code == 200
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    own = {"script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "form-action"}
    assert {name for name, value in policy.items() if value == "'self'"} == own
    assert {name for name, value in policy.items() if value == "'none'"} == {
        "default-src",
        "base-uri",
        "frame-ancestors",
    }
    assert len(policy) == 10
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
