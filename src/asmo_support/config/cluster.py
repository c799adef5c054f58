"""The embedded database on disk: made once, configured before every start, started in the foreground."""

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from asmo_support.config import children
from asmo_support.config import home as place
from asmo_support.config.home import folder, secret
from asmo_support.config.programs import account, programs, run
from asmo_support.lib.errors import Broken

SUPERUSER = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 107
NEEDED_MB = 200

SETTINGS = """\
# Written anew before every start. What you want otherwise goes to own.conf beside this file, or ALTER SYSTEM.
listen_addresses = ''
port = {port}
unix_socket_directories = '"{folder}"'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
hba_file = '{conf}/pg_hba.conf'
max_connections = 100
shared_buffers = {buffers}MB
effective_cache_size = {cache}MB
maintenance_work_mem = 128MB
work_mem = 8MB
random_page_cost = 1.1
wal_compression = on
max_wal_size = 1GB
jit = off
shared_preload_libraries = 'pg_stat_statements'
idle_in_transaction_session_timeout = '10min'
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = on
log_directory = '{folder}/log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_min_duration_statement = 1s
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
include_if_exists = '{conf}/own.conf'
"""
ACCESS = "local all all scram-sha-256\nlocal replication all scram-sha-256\n"


def root(home: Path) -> Path:
    """The folder of the database; the socket stands directly in it, to keep its path short."""
    return home / "pg"


def prepare(home: Path) -> None:
    """Make the data folder when there is none. Killed half-way, it begins anew the next time."""
    _room_for_socket(home)
    data = _folders(home) / "data"
    version = made_by(home)
    if version is None:
        _initialise(home, data)
    _configure(home)


def made_by(home: Path) -> int | None:
    """The version of PostgreSQL that made the data; None when there is no data yet."""
    data = root(home) / "data"
    if not data.exists():
        return None
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Broken(
            f"{data} is not a whole PostgreSQL data folder: restore it from a back-up, or move it away to begin anew."
        ) from error


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process; when this process dies, it shuts down by itself."""
    owner = account()
    _forget_dead_server(home)
    with (folder("log", home) / "start.log").open("wb") as log:
        return subprocess.Popen(
            [
                programs(home, made_by(home)) / "postgres",
                *("-D", root(home) / "data"),
                *("-c", f"config_file={home / 'conf' / 'asmo.conf'}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=root(home),
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            preexec_fn=functools.partial(children.die_with_parent, signal.SIGINT),  # noqa: PLW1509 - only calls prctl
            **owner.options(),
        )


def complaint(home: Path) -> str:
    """What the server said last before it gave up, in one line."""
    logs = [folder("log", home) / "start.log", *(root(home) / "log").glob("postgresql-*.log")]
    newest = sorted((log for log in logs if log.exists() and log.stat().st_size), key=lambda log: log.stat().st_mtime)
    for log in reversed(newest):
        lines = log.read_text(errors="replace").splitlines()[-40:]
        bad = [line for line in lines if re.search(r"\b(FATAL|PANIC|ERROR|could not|error):?", line)]
        if bad:
            return re.sub(r"^.*?(FATAL|PANIC|ERROR|LOG):\s+", "", bad[-1]).strip()
    return "it said nothing"


def _folders(home: Path) -> Path:
    top = folder("pg", home)
    owner = account()
    if owner.is_other and not home.stat().st_mode & place.TRAVERSE:
        home.chmod(home.stat().st_mode | place.TRAVERSE)  # our own folder; never one above it
    folder("pg/log", home)
    for path in (top, top / "log"):
        owner.owns(path)
    if run(["test", "-w", str(top)], owner=owner).returncode:
        raise Broken(
            f"The database's user cannot reach {home}: a folder above it is closed. Set "
            f"ASMO_HOME={place.other_place()}."
        )
    return top


def _room_for_socket(home: Path) -> None:
    path = root(home) / SOCKET
    if len(os.fsencode(path)) > LONGEST_SOCKET:
        raise Broken(
            f"The path {path} is longer than the {LONGEST_SOCKET} bytes a socket may have: "
            f"set ASMO_HOME={place.other_place()}."
        )


def _initialise(home: Path, data: Path) -> None:
    free = shutil.disk_usage(home).free // 2**20
    if free < NEEDED_MB:
        raise Broken(f"The disk of {home} is full: a new database needs {NEEDED_MB} MB and {free} MB are free.")
    owner = account()
    draft, password = data.with_name("data.new"), _open_folder(home) / "password.new"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        password.touch(mode=0o600)
        password.write_text(secret("database-superuser", home) + "\n", encoding="ascii")
        owner.owns(password)
        done = run([*_command(home, draft), f"--pwfile={password}"], owner=owner)
    finally:
        password.unlink(missing_ok=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line or "could not" in line]
        raise Broken(f"The database cannot be made in {home}: {said[-1] if said else done.stderr.strip()}")
    draft.rename(data)


def _command(home: Path, draft: Path) -> list[str]:
    binaries = programs(home, None)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    # pg_trgm asks the character type what a letter is: in plain C no Russian word has any.
    locale.append("--lc-ctype=C.UTF-8")
    if "builtin" not in run([str(binaries / "initdb"), "--help"], owner=account()).stdout:
        locale = ["--locale=C.UTF-8"]  # before PostgreSQL 17
    return [
        str(binaries / "initdb"),
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--data-checksums",
        "--no-instructions",
        *locale,
    ]


def _open_folder(home: Path) -> Path:
    """Where the server reads what it may not write. As root the data belongs to another user: its links are no ours."""
    conf = folder("conf", home)
    conf.chmod(0o711)
    return conf


def _configure(home: Path) -> None:
    """The folder may have moved, the memory may have grown: say it again before each start."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    conf = _open_folder(home)
    text = SETTINGS.format(
        port=PORT,
        folder=_quoted(root(home)),
        conf=_quoted(conf),
        buffers=max(64, min(1024, memory // 16)),
        cache=max(256, memory // 2),
    )
    if not any(programs(home, made_by(home)).parent.rglob("pg_stat_statements.so")):
        text = re.sub(r"shared_preload_libraries.*\n", "", text)
    for name, words in (("asmo.conf", text), ("pg_hba.conf", ACCESS)):
        draft = conf / f"{name}.new"
        draft.write_text(words, encoding="utf-8")
        draft.chmod(0o644)
        draft.rename(conf / name)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _forget_dead_server(home: Path) -> None:
    """Remove the mark of a server that no longer runs, ask a left-over one to end.

    After a restart of the machine the number in the mark may belong to a stranger, and PostgreSQL would
    refuse to start until he ends.
    """
    mark = root(home) / "data" / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(mark.read_text(encoding="utf-8").split()[0])
        if _is_server_of(pid, home):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        else:
            mark.unlink()


def _is_server_of(pid: int, home: Path) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(root(home) / "data") in command
