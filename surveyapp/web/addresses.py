"""Numbers in addresses: none is larger than the database takes."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1  # PostgreSQL refuses to look for a row with a larger one, SQLite for one beyond 64 bits


class RowId(IntegerConverter):
    """The number of a row. Where it is larger than a row's can be, there is nothing at the address."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_addresses(app: Flask) -> None:
    """Let <int:…> be the number of a row in every address that is added from here on."""
    app.url_map.converters["int"] = RowId
