"""Our own PostgreSQL: made, kept, killed, found again."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from asmo_support.config import embedded
from asmo_support.lib.errors import Broken
from tests.config.conftest import asmo, eventually, python, running_in, server_pid

HOLD = """
import sys
from asmo_support.config import embedded, home
embedded.ensure(home.home())
print("ready", flush=True)
sys.stdin.read()
"""


def connect(home, user=embedded.OWNER):
    settings = embedded.server_settings(home, user)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return psycopg.connect(**{name: settings[key] for key, name in names.items()}, autocommit=True)


def holder(home):
    """A process that needs the database until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=os.environ | {"ASMO_HOME": str(home), "PYTHONPATH": str(Path(embedded.__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def release(process, number=signal.SIGKILL):
    process.send_signal(number)
    process.communicate()


@pytest.fixture
def home(empty_home):
    embedded.ensure(empty_home)
    yield empty_home
    embedded.stop(empty_home)


def test_the_first_start_makes_a_database_that_knows_russian(home):
    with connect(home) as owner:
        row = owner.execute("select lower('ОШИБКА Ё'), current_setting('fsync'), current_user").fetchone()

    assert row == ("ошибка ё", "on", "asmo_owner")


def test_owner_and_login_have_only_the_rights_they_need(home):
    query = """select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles
               where rolname like 'asmo%' order by rolname"""
    with connect(home, embedded.LOGIN) as login:
        rows = login.execute(query).fetchall()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("create table mine (id int)")

    assert rows == [
        ("asmo_login", False, False, False, False, False),
        ("asmo_owner", False, True, True, True, False),
    ]


def test_passwords_are_asked_for_and_lie_in_closed_files(home):
    settings = embedded.server_settings(home, embedded.OWNER)
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (home / "secrets").iterdir()}

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=settings["HOST"], port=5432, user="asmo_owner", dbname="asmo", password="guess")
    assert modes == dict.fromkeys(("database-login", "database-owner", "database-superuser"), "0o600")


def test_no_tcp_port_is_opened_and_the_folder_of_the_socket_is_closed(home):
    with connect(home) as owner:
        row = owner.execute("show listen_addresses").fetchone()

    assert row == ("",)
    assert stat.S_IMODE((home / "pg").stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to lend")
def test_as_root_the_server_runs_as_a_user_without_a_shell(home):
    import pwd

    entry = pwd.getpwuid(Path(f"/proc/{server_pid(home)}").stat().st_uid)

    assert (entry.pw_name, entry.pw_shell) == ("asmo-pg", "/usr/sbin/nologin")


def test_the_data_is_kept_between_starts_and_nothing_is_left_running(home):
    with connect(home) as owner:
        owner.execute("create table kept as select 42 as answer")

    assert embedded.stop(home)
    assert running_in(home) == []
    embedded.ensure(home)

    with connect(home) as owner:
        assert owner.execute("select answer from kept").fetchone() == (42,)


def test_the_database_lives_as_long_as_its_last_holder(empty_home):
    first, second = holder(empty_home), holder(empty_home)

    release(first)
    with connect(empty_home) as owner:
        assert owner.execute("select 1").fetchone() == (1,)
    release(second)

    eventually(lambda: not running_in(empty_home))


@pytest.mark.case("DB-05")
def test_a_killed_server_is_started_again_while_somebody_needs_it(home):
    killed = server_pid(home)
    with connect(home) as owner:
        owner.execute("create table kept as select 42 as answer")

    os.kill(killed, signal.SIGKILL)

    eventually(lambda: answers(home, "select answer from kept") == 42)
    assert server_pid(home) != killed


def answers(home, query):
    try:
        with connect(home) as owner:
            return owner.execute(query).fetchone()[0]
    except psycopg.OperationalError:
        return None


@pytest.mark.case("DB-05")
def test_after_kill_9_of_everything_the_next_start_finds_all_that_was_committed(empty_home):
    process = holder(empty_home)
    with connect(empty_home) as owner:
        owner.execute("create table kept as select generate_series(1, 1000)")
        everything = running_in(empty_home)
        for pid in everything:
            os.kill(pid, signal.SIGKILL)
    process.communicate()

    embedded.ensure(empty_home)

    assert answers(empty_home, "select count(*) from kept") == 1000
    embedded.stop(empty_home)


@pytest.mark.case("DB-05")
def test_when_the_keeper_is_killed_the_server_ends_and_can_be_started(empty_home):
    process = holder(empty_home)
    server = server_pid(empty_home)
    keeper = int(Path(f"/proc/{server}/stat").read_text().split()[3])

    os.kill(keeper, signal.SIGKILL)

    eventually(lambda: not Path(f"/proc/{server}").exists() or not running_in_group(server))
    embedded.ensure(empty_home)
    assert answers(empty_home, "select 1") == 1
    release(process)
    embedded.stop(empty_home)


def running_in_group(pid):
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_many_first_starts_at_once_make_one_database(empty_home):
    processes = [
        python(empty_home, "-c", "from asmo_support.config import embedded, home; embedded.ensure(home.home())")
        for _ in range(4)
    ]

    assert [(process.communicate()[0], process.returncode) for process in processes] == [("", 0)] * 4
    eventually(lambda: not running_in(empty_home))


def test_a_first_start_that_was_killed_half_way_begins_anew(empty_home):
    (empty_home / "pg" / "data.new").mkdir(parents=True)
    (empty_home / "pg" / "data.new" / "PG_VERSION").write_text("18\n")

    embedded.ensure(empty_home)

    assert answers(empty_home, "select 1") == 1
    embedded.stop(empty_home)


def test_a_stale_mark_of_a_stranger_does_not_stop_the_start(home):
    embedded.stop(home)
    (home / "pg" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}/pg/data\n")

    embedded.ensure(home)

    assert answers(home, "select 1") == 1


def test_a_broken_data_folder_is_one_sentence(home):
    embedded.stop(home)
    (home / "pg" / "data" / "PG_VERSION").unlink()

    with pytest.raises(Broken) as told:
        embedded.ensure(home)

    assert str(told.value) == (
        f"{home}/pg/data is not a whole PostgreSQL data folder: "
        "restore it from a back-up, or move it away to begin anew."
    )


def test_damaged_data_is_one_sentence_with_what_the_server_said(home):
    embedded.stop(home)
    (home / "pg" / "data" / "global" / "pg_control").write_bytes(bytes(8192))

    with pytest.raises(Broken, match=f"The database in {home} does not start: "):
        embedded.ensure(home)


def test_lost_secrets_are_one_sentence(home):
    embedded.stop(home)
    (home / "secrets" / "database-superuser").write_text("other\n")

    with pytest.raises(Broken) as told:
        embedded.ensure(home)

    assert str(told.value) == f"The passwords in {home}/secrets do not fit the database beside them."


def test_a_path_too_long_for_a_socket_is_one_sentence(empty_home):
    long = empty_home / ("d" * 100)

    with pytest.raises(Broken) as told:
        embedded.ensure(long)

    assert str(told.value).startswith(
        f"The path {long}/pg/.s.PGSQL.5432 is longer than the 107 bytes a socket may have"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to lend")
def test_a_home_that_the_database_cannot_reach_is_refused_and_nothing_is_opened(empty_home):
    closed = empty_home / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(Broken, match=f"cannot reach {closed}/home: a folder above it is closed. Set ASMO_HOME="):
        embedded.ensure(closed / "home")

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.case("DF-02")
@pytest.mark.parametrize("small_disk", [300], indirect=True)
def test_a_full_disk_loses_nothing_that_was_committed_and_heals_with_room(small_disk):
    embedded.ensure(small_disk)
    with connect(small_disk) as owner:
        owner.execute("create table kept (id bigint generated always as identity, text text)")
        owner.execute("insert into kept (text) select 'before' from generate_series(1, 1000)")
        fill(small_disk / "filler")
        written = write_until_refused(owner)

    (small_disk / "filler").unlink()
    embedded.ensure(small_disk)

    # The last one may have been committed while the answer was lost.
    assert 0 <= answers(small_disk, "select count(*) from kept") - 1000 - written <= 1
    with connect(small_disk) as owner:
        owner.execute("insert into kept (text) values ('room again')")
    embedded.stop(small_disk)


def fill(path):
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(1_000_000))


def write_until_refused(owner):
    """How many rows were committed before the server said no."""
    written = 0
    with contextlib.suppress(psycopg.Error):
        while True:
            owner.execute(
                "insert into kept (text) select string_agg(md5(random()::text), '') from generate_series(1, 3000)"
            )
            written += 1
    return written


def test_a_server_of_ones_own_is_used_when_it_is_named(home, tmp_path, monkeypatch):
    settings = embedded.server_settings(home, embedded.OWNER)
    url = f"postgresql://asmo_owner:{settings['PASSWORD']}@/asmo?host={settings['HOST']}"
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "database-login").write_bytes((home / "secrets" / "database-login").read_bytes())
    monkeypatch.setenv("ASMO_DATABASE_URL", url)

    embedded.ensure(tmp_path)

    assert embedded.server_settings(tmp_path, embedded.LOGIN) == {
        "NAME": "asmo",
        "USER": "asmo_login",
        "PASSWORD": (home / "secrets" / "database-login").read_text().strip(),
        "HOST": str(home / "pg"),
        "PORT": "",
        "OPTIONS": {},
    }


def test_a_server_that_cannot_lower_russian_letters_is_refused(home, tmp_path, monkeypatch):
    with connect(home) as owner:
        owner.execute("create database plain template template0 locale_provider libc locale 'C'")
    settings = embedded.server_settings(home, embedded.OWNER)
    url = f"postgresql://asmo_owner:{settings['PASSWORD']}@/plain?host={settings['HOST']}"
    monkeypatch.setenv("ASMO_DATABASE_URL", url)

    with pytest.raises(Broken, match="does not know Russian letters"):
        embedded.ensure(tmp_path)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://a@b/c", "asmo: ASMO_DATABASE_URL must look like postgresql://owner:password@host:5432/database.\n"),
        (
            "postgresql://asmo@127.0.0.1:1/asmo",
            "asmo: The database of ASMO_DATABASE_URL at 127.0.0.1:1 does not answer",
        ),
        ("postgresql://127.0.0.1/asmo", "asmo: ASMO_DATABASE_URL must name the owner and the database"),
    ],
)
def test_an_address_that_does_not_work_is_one_sentence(empty_home, url, sentence):
    code, said = asmo(empty_home, "migrate", ASMO_DATABASE_URL=url)

    assert (code, said.startswith(sentence), said.count("\n")) == (1, True, 1)
