"""`make demo`: one process that prepares an embedded database with the demo's records and serves the site from it.

One process holds one lease for all of it, so that the database is started once and has stopped when this ends.
"""

import io
import os
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections
from gunicorn.app.base import BaseApplication

from config.embedded.home import EmbeddedServerError
from config.embedded.lease import lease
from config.environment import flag, number

HOST = "127.0.0.1"


class DemoRefusedError(Exception):
    """The demo can not start; the text says why, and what to do."""


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """The site under gunicorn: one process, several requests at a time."""

    def __init__(self, application: Callable[..., Any], *, port: int) -> None:
        self.application = application
        self.options = {
            "bind": f"{HOST}:{port}",
            "worker_class": "gthread",
            "threads": 8,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": announce,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        return self.application


def announce(arbiter: Any) -> None:
    # gunicorn would reload when its terminal is closed; a demo should end.
    signal.signal(signal.SIGHUP, lambda *_: arbiter.signal(signal.SIGTERM, None))
    say(f"\nDocketline is at http://{HOST}:{arbiter.address[0][1]}/ (editors: /desk/). Ctrl-C stops it.\n")


def main() -> int:
    try:
        port = number("PORT", default=8000)
        look_at_surroundings(port)
        prepare()
        application = get_wsgi_application()
        connections.close_all()
        Site(application, port=port).run()
    except KeyboardInterrupt:
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except (DemoRefusedError, CommandError, ImproperlyConfigured, EmbeddedServerError, OperationalError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave the database behind
        lease().give_back()
    return 0


def look_at_surroundings(port: int) -> None:
    if os.environ.get("DATABASE_URL"):
        raise DemoRefusedError(
            "DATABASE_URL is set. The demo brings a database of its own and writes demonstration records and a known "
            "login; unset DATABASE_URL, so that they can not end up in a real site."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise DemoRefusedError(
                f"Port {port} can not be used ({error}). Choose another one: make demo PORT={port + 1}"
            ) from error


def prepare() -> None:
    say("Preparing the database ...")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo")
    if flag("DEMO_INVESTIGATIONS", default=True):
        call_command("load_investigations")
    # Days may have passed since the last time, and with them a window to appeal.
    try:
        call_command("check_record", repair=True, stdout=io.StringIO())
    except CommandError as left:
        say(f"The record needs an editor: {left}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ["DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
