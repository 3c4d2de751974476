"""The embedded server, with real processes: shared, healed, stopped, and closed to everybody else."""

import os
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from config.embedded.home import ROOTS_HOMES
from tests.config.conftest import CHECKOUT, House, Participant, eventually, is_alive

LINGERED = 0.8  # seconds after which a server that nobody uses is being stopped


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_connection_makes_it_and_only_its_owner_gets_in(house: House) -> None:
    participant = house.enter(EMBEDDED_POSTGRES_DURABLE="1")
    assert not eventually(house.folder.exists, within=0.5), "nothing is started before the first connection"

    assert participant.ask("SELECT current_user || ' ' || current_database()") == "ok docketline docketline"
    assert participant.ask("SHOW is_superuser") == "ok off"
    assert participant.ask("SHOW fsync") == "ok on"
    assert participant.ask("SHOW statement_timeout") == "ok 15s"
    locale = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()"
    assert participant.ask(locale) == "ok bC.UTF-8"

    assert participant.ask("SHOW listen_addresses") == "ok "
    assert (house.folder / "data/postmaster.pid").read_text().splitlines()[5] == "", "no address but the socket"
    assert mode(house.folder / "password") == 0o600
    assert mode(house.folder / "server.log") == 0o600
    assert mode(house.folder / "data") == mode(house.folder / "run") == 0o700
    rules = (house.folder / "data/pg_hba.conf").read_text().splitlines()
    assert {rule.split()[-1] for rule in rules if rule and not rule.startswith("#")} == {"scram-sha-256"}


def test_two_share_one_server_and_the_last_one_out_stops_it(house: House) -> None:
    first, second = house.enter(), house.enter()
    started = "SELECT pg_postmaster_start_time()"
    assert first.ask(started) == second.ask(started)
    postmaster, keeper = house.postmaster(), house.keeper()

    first.leave()
    time.sleep(LINGERED)
    assert second.ask().startswith("ok")
    assert is_alive(postmaster)

    second.leave()
    assert eventually(lambda: not is_alive(postmaster) and not is_alive(keeper))


def test_a_killed_participant_neither_takes_the_server_along_nor_leaves_it_behind(house: House) -> None:
    first, second = house.enter(), house.enter()
    first.ask()
    second.ask()
    postmaster = house.postmaster()

    first.kill()
    time.sleep(LINGERED)
    assert second.ask() == "ok 1"
    assert is_alive(postmaster)

    second.kill()
    assert eventually(lambda: not is_alive(postmaster))


def test_a_killed_server_is_back_by_itself_with_all_that_was_committed(house: House) -> None:
    idle, busy = (house.enter(EMBEDDED_POSTGRES_DURABLE="1") for _ in range(2))
    idle.ask("CREATE TABLE kept AS SELECT 42 AS answer; SELECT answer FROM kept")
    busy.ask()
    busy.send("SELECT pg_sleep(60)")  # its backend holds the dead server's memory for as long as it lives
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"
    assert eventually(lambda: idle.ask(sleeping) == "ok 1")

    house.postmaster().kill()

    # A connection whose backend is just dying may still fail once; nobody has to do anything about it.
    assert eventually(lambda: idle.ask("SELECT answer FROM kept") == "ok 42")
    assert busy.answer().startswith("error")
    assert busy.ask("SELECT answer FROM kept") == "ok 42"


def test_a_hanging_number_of_a_dead_server_does_not_stop_the_next(house: House) -> None:
    house.enter(EMBEDDED_POSTGRES_EPHEMERAL="0").ask()
    postmaster, keeper = house.postmaster(), house.keeper()
    keeper.kill()
    postmaster.kill()
    assert eventually(lambda: not is_alive(postmaster) and not is_alive(keeper))

    stranger = subprocess.Popen(["sleep", "60"])
    try:
        note = house.folder / "data/postmaster.pid"
        _, rest = note.read_text().split("\n", 1)
        note.write_text(f"{stranger.pid}\n{rest}")
        assert house.enter().ask() == "ok 1"
        assert stranger.poll() is None, "a stranger is left alone"
    finally:
        stranger.kill()
        stranger.wait()


def test_a_killed_keeper_is_replaced_and_the_running_server_taken_over(house: House) -> None:
    first = house.enter()
    first.ask()
    postmaster = house.postmaster()
    house.keeper().kill()

    second = house.enter()
    assert second.ask() == first.ask() == "ok 1"
    assert house.postmaster() == postmaster

    first.leave()
    second.leave()
    assert eventually(lambda: not is_alive(postmaster))


def test_many_first_starts_at_once_make_one_server(house: House) -> None:
    participants = [house.enter() for _ in range(6)]
    for participant in participants:
        participant.send("SELECT pg_postmaster_start_time()")
    assert len({participant.answer() for participant in participants}) == 1


def test_a_server_that_can_not_start_says_why(house: House) -> None:
    first = house.enter(EMBEDDED_POSTGRES_EPHEMERAL="0")
    first.ask()
    postmaster = house.postmaster()
    first.leave()
    assert eventually(lambda: not is_alive(postmaster))

    settings = house.folder / "data/postgresql.conf"
    good = settings.read_text()
    settings.write_text("shared_buffers = 'a lot'\n")
    second = house.enter()
    answer = second.ask()
    assert answer.startswith("error The embedded database does not start.")
    assert 'invalid value for parameter "shared_buffers": "a lot"' in answer

    settings.write_text(good)
    assert eventually(lambda: second.ask() == "ok 1"), "and it heals once the cause is gone"


def test_a_deleted_folder_ends_its_server_and_the_next_query_makes_another(house: House) -> None:
    participant = house.enter()
    participant.ask()
    postmaster = house.postmaster()
    shutil.rmtree(house.folder)
    assert eventually(lambda: not is_alive(postmaster))
    assert participant.ask() == "ok 1"


def test_a_checkout_may_lie_deep_and_its_parents_keep_their_modes(house: House) -> None:
    top = house.folder
    parents = [top, top / ("d" * 60), top / ("d" * 60) / ("e" * 60)]
    for number, parent in enumerate(parents):
        parent.mkdir()
        parent.chmod((0o711, 0o751, 0o731)[number])
    house.folder = parents[-1] / "postgres"
    try:
        participant = house.enter()
        assert participant.ask() == "ok 1"
        sockets = Path((house.folder / "data/postmaster.pid").read_text().splitlines()[4])
        assert mode(sockets) == 0o700
        assert [mode(parent) for parent in parents] == [0o711, 0o751, 0o731]
        participant.leave()
        assert eventually(lambda: not sockets.exists()), "the short folder goes with the server"
    finally:
        house.clear()
        shutil.rmtree(top, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give up being root")
def test_root_may_keep_the_checkout_to_itself(tmp_path: Path, house: House) -> None:
    checkout = tmp_path / "closed" / "checkout"
    (checkout / "tests").mkdir(parents=True)
    shutil.copytree(CHECKOUT / "config", checkout / "config")
    shutil.copytree(CHECKOUT / "tests/config", checkout / "tests/config")
    (tmp_path / "closed").chmod(0o700)
    environment = house.environment
    del environment["EMBEDDED_POSTGRES_DIR"]

    participant = Participant(environment, checkout=checkout)
    house.participants.append(participant)
    assert participant.ask() == "ok 1"
    house.folder = ROOTS_HOMES / (checkout / ".local/postgres-id").read_text()

    postmaster = house.postmaster()
    assert postmaster.uids().real == postmaster.uids().effective != 0
    assert postmaster.gids().real != 0
    assert Path(postmaster.exe()).is_relative_to(house.folder), "its programs are where that account can reach them"
    assert mode(tmp_path / "closed") == 0o700
    assert (house.folder / "checkout").read_text() == str(checkout)


def test_ctrl_c_in_the_terminal_is_not_meant_for_the_server(house: House) -> None:
    participant = house.enter()
    participant.ask()
    for process in (house.keeper(), house.postmaster()):
        assert os.getsid(process.pid) != os.getsid(participant.process.pid)
        assert os.getpgid(process.pid) != os.getpgid(participant.process.pid)
    house.keeper().send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert psutil.pid_exists(house.keeper().pid)
    assert participant.ask() == "ok 1"
