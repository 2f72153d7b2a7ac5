"""Take a file all the way to a margin, as the pages do when the coordinator changes nothing."""

from dataclasses import replace
from typing import Any

import pytest

from surveyapp.errors import TableRefused
from surveyapp.services.margin_files import (
    MarginRead,
    Problem,
    Reason,
    Remark,
    Suggestion,
    Wanted,
    layout_of,
    read_file,
    read_margin,
    read_text,
    suggest,
)

AGE = Wanted("age", ("18-29", "30-44", "45-59", "60plus"), adults=1_200, area="Egeparken")
GENDER = Wanted("gender", ("woman", "man", "other"), adults=1_200, area="Egeparken")
HOUSEHOLD = Wanted("household", ("alone", "couple", "children", "other_adults"), adults=1_200, area="Egeparken")


def suggested(source: str | bytes, wanted: Wanted) -> Suggestion:
    """What the app makes of a pasted text or an uploaded file by itself."""
    return suggest(layout_of(_table(source)), wanted)


def margin_from(source: str | bytes, wanted: Wanted = AGE, **said: Any) -> MarginRead:
    """The margin, where the coordinator says no more than `said`."""
    table = _table(source)
    layout = layout_of(table)
    mapping = suggest(layout, wanted).mapping
    said = {name: getattr(mapping, name) | value if isinstance(value, dict) else value for name, value in said.items()}
    return read_margin(layout, replace(mapping, **said), wanted, table)


def counts_from(source: str | bytes, wanted: Wanted = AGE, **said: Any) -> dict[str, int | None]:
    """The persons of each category."""
    return dict(margin_from(source, wanted, **said).rows)


def remarks_on(source: str | bytes, wanted: Wanted = AGE, **said: Any) -> dict[Remark, Any]:
    """What the preview remarks, with the details."""
    return {note.remark: note.details for note in margin_from(source, wanted, **said).notes}


def refusal_of(source: str | bytes, wanted: Wanted = AGE, **said: Any) -> tuple[Problem, ...]:
    """Everything that the refusal names."""
    with pytest.raises(TableRefused) as refused:
        margin_from(source, wanted, **said)
    problems: tuple[Problem, ...] = refused.value.details["problems"]  # type: ignore[assignment]
    return problems


def places(problems: tuple[Problem, ...]) -> list[tuple[Reason, int | None, int | None]]:
    """Reason, row and column of each problem."""
    return [(problem.reason, problem.row, problem.column) for problem in problems]


def _table(source: str | bytes) -> Any:
    return read_text(source) if isinstance(source, str) else read_file(source, "")[0]
