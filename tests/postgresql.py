"""A PostgreSQL cluster of the tests' own, in a temporary folder, from the installed server's programs."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


def _run(program: str, *arguments: object) -> None:
    command = [str(programs() / program), *map(str, arguments)]
    if os.geteuid() == 0:  # the server refuses to run as root
        command = ["runuser", "-u", pwd.getpwnam("postgres").pw_name, "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
