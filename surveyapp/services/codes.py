"""Codes that people read from paper and type: Crockford's base 32, without letters that look like digits."""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACEMENT_CODE_LENGTH = 6
RECEIPT_LENGTH = 12
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-]+")


def normalise(typed: str) -> str:
    """What somebody typed as the code they meant: upper case, O as 0, I and L as 1, no spaces or hyphens."""
    return _SEPARATORS.sub("", typed).upper().translate(_LOOKALIKES)


def is_placement_code(code: str) -> bool:
    """Whether a normalised text could be a placement's code: six characters with at least one digit."""
    return len(code) == PLACEMENT_CODE_LENGTH and set(code) <= set(ALPHABET) and any(c.isdigit() for c in code)


def is_receipt(receipt: str) -> bool:
    """Whether a normalised text could be a receipt."""
    return len(receipt) == RECEIPT_LENGTH and set(receipt) <= set(ALPHABET)


def new_receipt() -> str:
    """A random receipt of 60 bits."""
    return _random(RECEIPT_LENGTH)


def new_placement_code() -> str:
    """A random placement code; the digit keeps it apart from every word in the site's addresses."""
    while True:
        code = _random(PLACEMENT_CODE_LENGTH)
        if is_placement_code(code):
            return code


def grouped(code: str, size: int) -> str:
    """A code in groups for reading aloud: grouped("K7M4QX", 3) is "K7M 4QX"."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
