"""Every state a result can be in is explained to the reader of the method."""

from pathlib import Path

from surveyapp.statistics.status import Status

METHOD = Path(__file__).parents[2] / "docs" / "method.md"


def test_every_status_stands_in_the_method() -> None:
    text = METHOD.read_text(encoding="utf-8")
    assert [status for status in Status if status != Status.OK and f"`{status}`" not in text] == []
