"""The document itself, exactly as it was frozen, with its checksum beside it."""

import json


def result_json(document: str, checksum: str) -> bytes:
    """{"checksum": …, "document": …}; the document's bytes are those that the checksum was taken of."""
    return f'{{"checksum":{json.dumps(checksum)},"document":{document}}}\n'.encode()
