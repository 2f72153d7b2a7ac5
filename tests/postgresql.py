"""A PostgreSQL cluster of the tests' own, in a temporary folder, and two sessions in it at once.

It is made from the installed server's programs.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

Given = TypeVar("Given")
WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def programs() -> Path:
    """The folder of initdb and pg_ctl: Debian keeps them off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    assert folders or found, "PostgreSQL's server is not installed: run `make test`, which says how."
    return folders[-1] if folders else Path(str(found)).resolve().parent


@contextmanager
def cluster(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a cluster whose only door is a socket in `folder`; yields the address of its first database.

    Tests need nothing to survive a power cut; whoever measures asks for `durable`.
    """
    folder.chmod(0o777)
    data = folder / "data"
    _run("initdb", "-D", data, "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
    fsync = "on" if durable else "off"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync={fsync} -c max_connections=50"
    _run("pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://tests@/postgres?host={folder}"
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def at_once(session: Session, act: Callable[[Session], Given]) -> Given:
    """What `act` gives, or raises, in a session of its own that begins before this one has committed what it wrote.

    This one commits once the other waits for it, or has ended without waiting.
    """

    def committed() -> Given:
        with Session(session.get_bind()) as other:
            given = act(other)
            other.commit()
            return given

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(committed)
        while not acting.done() and not session.scalar(WAITING):
            time.sleep(0.01)
        session.commit()
        return acting.result(timeout=20)


def _run(program: str, *arguments: object) -> None:
    command = [str(programs() / program), *map(str, arguments)]
    if os.geteuid() == 0:  # the server refuses to run as root
        command = ["runuser", "-u", pwd.getpwnam("postgres").pw_name, "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
