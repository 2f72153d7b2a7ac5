"""Reading an area's composition out of the tables that people really have. Pure: no database, no language, no Flask.

read_file / read_text → Table → layout_of → suggest → (what the coordinator says) → read_margin
"""

from surveyapp.services.margin_files.bands import band_of
from surveyapp.services.margin_files.cells import CellRefused, persons_in
from surveyapp.services.margin_files.layout import Axis, Layout, layout_of
from surveyapp.services.margin_files.mapping import (
    ALL,
    LEFT_OUT,
    Mapping,
    Suggestion,
    Wanted,
    category_axes,
    names_to_map,
    suggest,
)
from surveyapp.services.margin_files.margins import MarginRead, read_margin
from surveyapp.services.margin_files.problems import Note, Problem, Reason, Remark
from surveyapp.services.margin_files.reading import read_file
from surveyapp.services.margin_files.tables import Table, from_text, to_text
from surveyapp.services.margin_files.text_tables import read_text, write_text
from surveyapp.services.margin_files.vocabulary import Kind, Unit

__all__ = [
    "ALL",
    "LEFT_OUT",
    "Axis",
    "CellRefused",
    "Kind",
    "Layout",
    "Mapping",
    "MarginRead",
    "Note",
    "Problem",
    "Reason",
    "Remark",
    "Suggestion",
    "Table",
    "Unit",
    "Wanted",
    "band_of",
    "category_axes",
    "from_text",
    "layout_of",
    "names_to_map",
    "persons_in",
    "read_file",
    "read_margin",
    "read_text",
    "suggest",
    "to_text",
    "write_text",
]
