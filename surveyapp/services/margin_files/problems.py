"""What can be wrong with a table of counts, and what is worth knowing about one that could be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveyapp.errors import TableRefused


class Reason(StrEnum):
    """Why a table, or a cell of it, can't become a margin. The sentences stand in web/staff/margin_words.py."""

    EMPTY = "empty"
    NOT_A_TABLE = "not_a_table"
    DAMAGED = "damaged"
    TOO_LARGE_INSIDE = "too_large_inside"
    TOO_MANY_CELLS = "too_many_cells"
    NO_NUMBERS = "no_numbers"
    NO_CATEGORIES = "no_categories"
    NUMBER_WITHOUT_NAME = "number_without_name"
    CHOOSE_UNIT = "choose_unit"
    CHOOSE_VALUE = "choose_value"
    CHOOSE_CATEGORY = "choose_category"
    HOUSEHOLDS = "households"
    CHILDREN_INCLUDED = "children_included"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_LARGE_NUMBER = "too_large_number"
    PERCENT = "percent"
    SUM_IS_PERCENT = "sum_is_percent"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    MERGED_NUMBER = "merged_number"
    BECAME_DATE = "became_date"
    NOT_AN_AGE = "not_an_age"
    STRADDLES = "straddles"
    OVERLAPS = "overlaps"
    GAP = "gap"
    TWICE = "twice"
    TOTAL_DIFFERS = "total_differs"
    NOBODY = "nobody"


class Remark(StrEnum):
    """What a preview says about a margin that could be read."""

    CHILDREN_LEFT_OUT = "children_left_out"
    HIDDEN_LEFT_OUT = "hidden_left_out"
    KEPT_UNKNOWN = "kept_unknown"
    TOTAL_AGREES = "total_agrees"
    TOTAL_NEARLY_AGREES = "total_nearly_agrees"
    LABEL_LEFT_OUT = "label_left_out"
    NOT_IN_TABLE = "not_in_table"


@dataclass(frozen=True)
class Problem:
    """One thing wrong, where the spreadsheet shows it: rows count from 1, column 1 is A."""

    reason: Reason
    row: int | None = None
    column: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """One remark with its details."""

    remark: Remark
    details: Mapping[str, object] = field(default_factory=dict)


def refuse(reason: Reason, row: int | None = None, column: int | None = None, **details: object) -> TableRefused:
    """The error for a single problem, to be raised."""
    return TableRefused(problems=(Problem(reason, row, column, details),))
