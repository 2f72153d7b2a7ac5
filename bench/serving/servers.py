"""Granian with two workers of ten threads, one process tree a contender, as an installation runs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

WORKERS, THREADS = 2, 10


@contextmanager
def served(contender: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve bench.serving.contenders:<contender>; yields its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(THREADS), "--no-ws"]
    command += ["--port", str(port), "--no-access-log", "--log-level", "error", f"bench.serving.contenders:{contender}"]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
