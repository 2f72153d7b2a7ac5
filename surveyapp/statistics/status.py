"""The named states a result can be in, and the one error of this package."""

from enum import StrEnum


class Status(StrEnum):
    """Why a number is there, or why it is not. Every result carries one; only ``ok`` promises numbers."""

    OK = "ok"
    NO_ANSWERS = "no_answers"
    INVALID_INPUT = "invalid_input"
    INVALID_TARGETS = "invalid_targets"
    OBSERVED_IN_ZERO_TARGET_CELL = "observed_in_zero_target_cell"
    EMPTY_MARGIN_CATEGORY = "empty_margin_category"
    SINGLE_CATEGORY = "single_category"
    NO_MARGINS = "no_margins"
    NOT_CONVERGED = "not_converged"
    NO_VARIATION = "no_variation"
    NO_DIFFERENCE = "no_difference"
    NOT_DETECTABLE = "not_detectable"
    TOO_LARGE_FOR_EXACT = "too_large_for_exact"
    TOO_MANY_ROWS = "too_many_rows"
    BLOCK_NOT_SUITED = "block_not_suited"
    NOT_PROTECTABLE = "not_protectable"


class BadInput(ValueError):
    """What was given cannot be measured; the message is a sentence that says why."""
