"""Run every test: the whole suite on SQLite, then what touches a database again on PostgreSQL.

PostgreSQL is started for the time of the run, on a folder of its own and a free port of 127.0.0.1.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.needs import NEEDS

WITHOUT_DATABASE = ["tests/scoring", "tests/browser"]


def pytest(*arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run pytest on all cores; its exit code."""
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments, *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False).returncode


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def postgresql(binaries: Path) -> Iterator[str]:
    """A PostgreSQL server for the time of the run; yields its address."""
    folder = Path(tempfile.mkdtemp(prefix="grille-postgresql-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    port = free_port()
    data = str(folder / "data")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [
            *as_user,
            str(binaries / "initdb"),
            "-D",
            data,
            "-U",
            "grille",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        **quiet,
    )
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
    control = [*as_user, str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "start"], **quiet)
    try:
        yield f"postgresql+psycopg://grille@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """0 where both runs pass."""
    failed = pytest("tests")
    initdb = NEEDS["postgresql"].find()
    if initdb is None:
        print("PostgreSQL is not installed (apt-get install postgresql): its run is skipped")
        return failed or int(os.environ.get("CI") == "true")
    with postgresql(Path(initdb).resolve().parent) as url:
        ignored = [f"--ignore={folder}" for folder in WITHOUT_DATABASE]
        failed_there = pytest("tests", "--postgresql", *ignored, environment={"TEST_POSTGRESQL_URL": url})
    return failed or failed_there


if __name__ == "__main__":
    sys.exit(main())
