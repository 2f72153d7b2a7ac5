"""A load of requests over kept-open connections, from one process, read to the last byte."""

import selectors
import socket
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import cast


@dataclass
class Load:
    """What came of it."""

    seconds: float
    statuses: dict[int, int]

    @property
    def per_second(self) -> float:
        """Answers with 200 per second."""
        return self.statuses.get(200, 0) / self.seconds


def exchange(port: int, request: bytes) -> bytes:
    """One request's whole answer, headers included."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        received = b""
        while not _is_whole(received):
            received += connection.recv(65_536)
    return received


def put_load(port: int, next_request: Callable[[], bytes], seconds: float, connections: int = 16) -> Load:
    """Keep so many connections busy for so long; every request that was sent is waited for."""
    selector, received = selectors.DefaultSelector(), {}
    statuses: dict[int, int] = {}
    begun = perf_counter()
    for _ in range(connections):
        connection = socket.create_connection(("127.0.0.1", port))
        selector.register(connection, selectors.EVENT_READ)
        received[connection] = b""
        connection.sendall(next_request())
    while received:
        for key, _ in selector.select():
            connection = cast(socket.socket, key.fileobj)
            received[connection] += connection.recv(262_144)
            if _is_whole(received[connection]):
                status = int(received[connection][9:12])
                statuses[status] = statuses.get(status, 0) + 1
                received[connection] = b""
                if perf_counter() - begun < seconds:
                    connection.sendall(next_request())
                else:
                    selector.unregister(connection)
                    connection.close()
                    del received[connection]
    return Load(perf_counter() - begun, statuses)


def _is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    return len(body) >= int(length)
