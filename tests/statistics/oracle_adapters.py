"""From a reference case to the call it is about: one function per method, which names things and computes nothing.

Each takes a case's input and gives what the public functions answered, under the keys that the cases use.
"""

from collections.abc import Callable
from typing import Any

from surveyapp import statistics
from surveyapp.statistics.status import Status

Input = dict[str, Any]
Answer = dict[str, Any]


class MonteCarlo(float):
    """A p-value found by simulation, which is compared with the simulation's own tolerance."""


def _share_interval(found: statistics.ShareInterval) -> Answer:
    return {
        "status": found.status,
        "n": found.n,
        "p": found.share,
        "low": found.low,
        "high": found.high,
        "n_effective": found.n_effective,
        "kish_n_effective": found.n_effective,
        "kish_design_effect": found.design_effect,
    }


def wilson_interval(case: Input) -> Answer:
    return _share_interval(statistics.wilson_interval(case["k"], case["n"], case["confidence"]))


def wilson_interval_fpc(case: Input) -> Answer:
    return _share_interval(statistics.wilson_interval_fpc(case["k"], case["n"], case["N"], case["confidence"]))


def wilson_interval_kish(case: Input) -> Answer:
    return _share_interval(
        statistics.wilson_interval_kish(case["values"], case["weights"], case["confidence"], case.get("N"))
    )


def hypergeometric_exact_interval(case: Input) -> Answer:
    found = statistics.hypergeometric_exact_interval(case["k"], case["n"], case["N"], case["confidence"])
    return {
        "status": found.status,
        "low_count": found.low_count,
        "high_count": found.high_count,
        "low": found.low,
        "high": found.high,
    }


def weighted_share_design_based(case: Input) -> Answer:
    found = statistics.weighted_share_design_based(case["values"], case["weights"], case["confidence"])
    return {
        "status": found.status,
        "p": found.share,
        "se": found.standard_error,
        "n_effective_survey": found.n_effective_survey,
        "degrees_of_freedom": found.degrees_of_freedom,
        "wilson_z": found.wilson_z,
        "wilson_t": found.wilson_t,
        "korn_graubard": found.korn_graubard,
        "logit_t": found.logit_t,
    }


def multi_item_indicator(case: Input) -> Answer:
    answers = statistics.answer_matrix(case["items"])
    steps = {
        "reverse_items": case["reverse_items"],
        "scale": tuple(case["scale"]),
        "positive_steps": case["positive_steps"],
    }
    found = statistics.multi_item_indicator(
        answers, weights=case["weights"], confidence=case["confidence"], population=case.get("N"), **steps
    )
    pooled = statistics.pooled_item_share(answers, weights=case["weights"], **steps)
    return {
        "status": found.status,
        "respondents": found.respondents,
        "respondents_scored": found.n,
        "item_answers": found.item_answers,
        "scores": statistics.respondent_scores(answers, **steps).tolist(),
        "p": found.share,
        "se": found.standard_error,
        "kish_n_effective": found.kish_n_effective,
        "n_effective": found.interval.n_effective,
        "low": found.interval.low,
        "high": found.interval.high,
        "pooled_item_share": pooled.share,
        "pooled_item_share_se": pooled.standard_error,
    }


def _difference(found: statistics.Difference) -> Answer:
    return {"status": found.status, "difference": found.difference, "low": found.low, "high": found.high}


def newcombe_difference(case: Input) -> Answer:
    return _difference(statistics.newcombe_difference(**case))


def newcombe_difference_effective_n(case: Input) -> Answer:
    confidence = case["confidence"]
    if "p_late" in case:
        late, early = (case["p_late"], case["n_effective_late"]), (case["p_early"], case["n_effective_early"])
        return _difference(statistics.newcombe_difference_effective_n(*late, *early, confidence))
    return _difference(
        statistics.difference_between(
            statistics.wilson_interval_fpc(case["k_late"], case["n_late"], case["N_late"], confidence),
            statistics.wilson_interval_fpc(case["k_early"], case["n_early"], case["N_early"], confidence),
        )
    )


def exact_two_wave_test(case: Input) -> Answer:
    found = statistics.exact_two_wave_test(**case)
    counted = found.status == Status.OK
    return {
        "status": found.status,
        "boschloo_p": found.p_value,
        "barnard_pooled_p": statistics.barnard_pooled_p_value(**case) if counted else None,
        "fisher_p": statistics.fisher_p_value(**case) if counted else None,
        "boschloo_minlike_p_for_information": statistics.boschloo_minimum_likelihood_p_value(**case)
        if counted
        else None,
    }


def difference_in_differences_mover(case: Input) -> Answer:
    found = statistics.difference_in_differences_mover(**case)
    return {
        "status": found.status,
        "change_initiative": found.change_initiative,
        "change_comparison": found.change_comparison,
        "difference_in_differences": found.difference_in_differences,
        "low": found.low,
        "high": found.high,
    }


def quota_goodness_of_fit(case: Input) -> Answer:
    found = statistics.quota_goodness_of_fit(case["observed"], case["target_shares"])
    exact = statistics.exact_multinomial_test(case["observed"], case["target_shares"])
    in_order = exact.p_chi_square_order
    if exact.status == Status.TOO_LARGE_FOR_EXACT and found.p_value is not None:
        in_order = MonteCarlo(found.p_value)
    return {
        "status": found.status,
        "n": found.n,
        "chi_square": found.chi_square,
        "df": found.degrees_of_freedom,
        "p_asymptotic": found.p_asymptotic,
        "p_exact_multinomial_chisq_order": in_order,
        "p_exact_multinomial_probability_order": exact.p_probability_order,
        "min_expected": found.min_expected,
        "use_exact": found.use_exact,
        "expected": found.expected,
        "shortfall": found.shortfall,
        "deviation_points": found.deviation_points,
        "max_abs_deviation_points": found.max_abs_deviation_points,
        "total_variation": found.total_variation,
        "g_statistic": found.g_statistic,
    }


def rake_weighted_share(case: Input) -> Answer:
    people, targets, cap = case["respondents"], case["targets"], case.get("trim_upper")
    margins = {margin: [person.get(margin) for person in people] for margin in targets}
    found = statistics.rake_weighted_share([person["y"] for person in people], margins, targets)
    trimmed = statistics.rake(margins, targets, cap)
    return {
        "status": found.status,
        "weights": found.raking.weights,
        "kish_design_effect": found.raking.design_effect,
        "kish_n_effective": found.raking.kish_n_effective,
        "max_weight": found.raking.max_weight,
        "min_weight": found.raking.min_weight,
        "dropped_margins": found.raking.dropped_margins,
        "unweighted_share": found.unweighted_share,
        "weighted_share": found.weighted_share,
        "se_weights_as_fixed": found.standard_error,
        "n_effective_linearized": found.n_effective_linearized,
        "se_calibration_residual": found.standard_error_calibration,
        "trimmed_weights_strict": trimmed.weights,
        "trimmed_kish_n_effective": trimmed.kish_n_effective,
    }


def sample_size_margin_of_error(case: Input) -> Answer:
    found = statistics.sample_size_margin_of_error(case["margin"], case["p"], case["N"], case["confidence"])
    return {
        "status": found.status,
        "n_exact": found.n_exact,
        "n_exact_epi_convention": found.n_exact,
        "n_required": found.n_required,
        "n_wilson_half_width_no_fpc": found.n_wilson_half_width_no_fpc,
    }


def power_two_waves(case: Input) -> Answer:
    found = statistics.power_two_waves(
        case["p_early"], case["p_late"], case["n_per_wave"], case["alpha"], case["power"]
    )
    return {
        "status": found.status,
        "n_per_wave_normal": found.n_per_wave_normal,
        "n_per_wave_normal_ceiling": found.n_per_wave_normal_ceiling,
        "n_per_wave_arcsine": found.n_per_wave_arcsine,
        "power_at_n_normal": found.power_at_n_normal,
        "power_at_n_arcsine": found.power_at_n_arcsine,
    }


def minimal_detectable_change(case: Input) -> Answer:
    direction = statistics.Direction(case["direction"])
    found = statistics.minimal_detectable_change(
        case["p_early"], case["n_per_wave"], case["alpha"], case["power"], direction
    )
    return {"status": found.status, "p_late": found.share_late, "points": found.points}


def cochran_armitage_trend(case: Input) -> Answer:
    found = statistics.cochran_armitage_trend(case["k"], case["n"], case.get("scores"))
    return {
        "status": found.status,
        "chi_square": found.chi_square,
        "p": found.p_value,
        "linear_by_linear_chi_square": found.linear_by_linear_chi_square,
    }


def holm_adjustment(case: Input) -> Answer:
    found = statistics.holm_adjustment(case["p_values"], case["alpha"])
    return {
        "status": found.status,
        "holm": found.adjusted,
        "bonferroni": found.bonferroni,
        "reject_holm": found.rejected,
    }


def careless_longstring(case: Input) -> Answer:
    found = statistics.careless_longstring(statistics.answer_matrix(case["items"]))
    return {
        "status": found.status,
        "longest_run": found.longest_run,
        "average_run": found.average_run,
        "within_person_sd": found.within_person_sd,
    }


def speeding(case: Input) -> Answer:
    found = statistics.speeding(case["seconds"], case["items"])
    return {
        "status": found.status,
        "median_seconds": found.median_seconds,
        "relative_speed": found.relative_speed,
        "flag_relative": found.flag_relative,
        "flag_two_seconds_per_item": found.flag_two_seconds_per_item,
    }


def duplicate_patterns(case: Input) -> Answer:
    found = statistics.duplicate_patterns(statistics.answer_matrix(case["items"]))
    return {
        "status": found.status,
        "in_duplicate_group": found.in_duplicate_group,
        "max_percent_match": found.max_percent_match,
    }


def suppression_recovery_intervals(case: Input) -> Answer:
    published = [
        statistics.Figure(dict.fromkeys(line["sum_of"], 1.0), line["low"], line["high"]) for line in case["published"]
    ]
    found = statistics.suppression_recovery_intervals(case["cells"], published, case["protect"], case["threshold"])
    return {
        "status": found.status,
        "lp_interval": found.lp_interval,
        "integer_interval": found.integer_interval,
        "recovered": found.recovered,
        "unsafe": found.unsafe,
    }


def complementary_suppression(case: Input) -> Answer:
    found = statistics.complementary_suppression(case["table"], case["threshold"])
    in_one_row = not isinstance(case["table"][0], list)
    return {
        "status": found.status,
        "primary": [cell[0] if in_one_row else cell for cell in found.primary],
        "minimum_extra_cells": found.extra_cells,
        "possible": found.possible,
        "one_minimal_choice": found.extra,
    }


def kommuninvest_colour(case: Input) -> Answer:
    target = case["target"]
    found = statistics.kommuninvest_colour(
        case["baseline"],
        tuple(case["outcome"]) if isinstance(case["outcome"], list) else case["outcome"],
        statistics.Target(
            statistics.TargetKind(target["kind"]), target.get("value"), target.get("low"), target.get("high")
        ),
        previous=case["previous"],
        direction=None if case["direction"] is None else statistics.Direction(case["direction"]),
    )
    return {"class": found.follow_up_class, "flags": sorted(found.flags)}


ADAPTERS: dict[str, Callable[[Input], Answer]] = {
    adapter.__name__: adapter
    for adapter in (
        wilson_interval,
        wilson_interval_fpc,
        wilson_interval_kish,
        hypergeometric_exact_interval,
        weighted_share_design_based,
        multi_item_indicator,
        newcombe_difference,
        newcombe_difference_effective_n,
        exact_two_wave_test,
        difference_in_differences_mover,
        quota_goodness_of_fit,
        rake_weighted_share,
        sample_size_margin_of_error,
        power_two_waves,
        minimal_detectable_change,
        cochran_armitage_trend,
        holm_adjustment,
        careless_longstring,
        speeding,
        duplicate_patterns,
        suppression_recovery_intervals,
        complementary_suppression,
        kommuninvest_colour,
    )
}
