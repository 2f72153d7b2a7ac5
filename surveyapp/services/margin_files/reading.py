"""An uploaded file as tables, whatever it is called."""

from surveyapp.services.margin_files.problems import Reason, refuse
from surveyapp.services.margin_files.tables import Table
from surveyapp.services.margin_files.text_tables import read_text_file
from surveyapp.services.margin_files.workbooks import read_workbook

_ZIP = b"PK\x03\x04"
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")  # .xls, PDF, …


def read_file(data: bytes, name: str) -> list[Table]:
    """Every sheet of an XLSX file, or the one table of a CSV file. Raises TableRefused."""
    if not data.strip():
        raise refuse(Reason.EMPTY)
    if data.startswith(_OTHER_KINDS):
        raise refuse(Reason.NOT_A_TABLE)
    return read_workbook(data) if data.startswith(_ZIP) else [read_text_file(data, name)]
