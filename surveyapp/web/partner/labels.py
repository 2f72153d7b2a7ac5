"""The words of result pages and files in the reader's language, by the codes of the result document."""

from functools import partial

from flask_babel import lazy_gettext as _

from surveyapp import i18n
from surveyapp.exports.labels import Labels
from surveyapp.web.languages import staff_language
from surveyapp.web.words import DIMENSIONS, MODES, PLACE_KINDS, REPRESENTATIVENESS

WORDS = {
    "synthetic": _("Example with invented figures"),
    "versus": _("versus"),
    "assumption": _("The uncertainty assumes that those who answered answer like residents in general."),
    "verdict.rise": _("risen"),
    "verdict.fall": _("fallen"),
    "verdict.cannot_tell": _("can't be decided"),
    "verdict.seen": _("can be seen"),
    "class.target_reached": _("target reached"),
    "class.positive_trend": _("positive trend"),
    "class.no_change": _("no change"),
    "class.negative_trend": _("negative trend"),
    "class.worse_than_baseline": _("worse than baseline"),
    "class.not_classified": _("not classified"),
    "flag.target_within_uncertainty": _("the target lies within the uncertainty"),
    "flag.target_not_evaluable": _("no target to hold it against"),
    "flag.worse_than_baseline": _("worse than at the baseline"),
    "flag.no_baseline": _("no baseline"),
    "flag.direction_unknown": _("which way is better isn't said"),
    "flag.flat_since_previous": _("no change since the last measurement"),
    "target.at_least": _("at least %(value)s"),
    "target.at_most": _("at most %(value)s"),
    "target.increasing": _("rising"),
    "target.decreasing": _("falling"),
    "change.no_earlier_wave": _("first measurement"),
    "change.not_asked": _("not asked"),
    "change.not_comparable": _("not comparable"),
    "change.withheld": _("too few or too one-sided answers"),
    "break.wording": _("the statement has been reworded"),
    "break.polarity": _("the statement has been turned round"),
    "break.scale": _("the answer steps have changed"),
    "break.items": _("other statements were asked"),
    "break.rule": _("the rule of calculation has changed"),
    "break.estimator": _("the rule of calculation has changed"),
    "break.not_asked": _("it wasn't asked"),
    "break.changed_during_fieldwork": _("the statement was changed while the measurement was open"),
    "reason.no_answers": _("nobody answered"),
    "reason.fewer_than_10": _("fewer than 10 answers: no figure is shown"),
    "reason.fewer_than_30": _("fewer than 30 answers: three groups, no change and no status"),
    "reason.fewer_than_30.without_groups": _("fewer than 30 answers: no percentage, no change and no status"),
    "reason.would_give_another_back": _("withheld: it would give another figure away"),
    "status.not_asked": _("not asked"),
    "not_relevant": _("not relevant"),
    "dont_know": _("don't know"),
    "without_valid_answer": _("without a valid answer:"),
    "compared.no_earlier_wave": _("first measurement: there is no change yet"),
    "compared.new_baseline": _("measured in another way before: there is no change yet"),
    "compared.not_asked": _("not asked"),
    "compared.not_measured": _("not measured there in the same years"),
    "compared.not_comparable": _("not measured in the same way there"),
    "compared.withheld": _("too few or too one-sided answers here or there"),
    "assumption.parallel_trends": _(
        "It shows an effect only if both areas would have moved alike without the initiative. Two areas can't tell "
        "how much areas differ by themselves."
    ),
    "weighted.ok": _("with the area's composition"),
    "weighting.withheld": _("withheld: too few people"),
    "weighting.no_answers": _("nobody answered"),
    "weighting.no_margins": _("not possible: too little is known of the area or of those who answered"),
    "weighting.observed_in_zero_target_cell": _(
        "not possible: somebody belongs to a group that nobody in the area's figures belongs to"
    ),
    "weighting.not_converged": _("not possible: no weights fit the area's figures"),
    "weights.by": _(
        "The figures aren't weighted. Only those called “with the area's composition” are, by %(dimensions)s."
    ),
    "weights.not_by": _("Not by %(dimensions)s: counts are withheld there, and weights would give them back."),
    "weights.merged": _(
        "Nobody answered from: %(groups)s. They are weighted together with their neighbours, so the weighted figures "
        "don't speak for them."
    ),
    "weights.design_effect": _(
        "The design effect is %(design_effect)s: weighting makes the figures as uncertain as if the number of answers "
        "were divided by it."
    ),
    "weights.deviation": _("Largest distance from the area that remains after weighting: %(points)s points."),
    "weights.heavy": _(
        "The weights are heavy: the design effect is above 2, or weights were cut at %(cap)s. Use the unweighted "
        "figures."
    ),
    "sensitivity.straight_liners": _("without those who gave the same answer throughout"),
    "sensitivity.speeders": _("without those who answered very fast"),
    "sensitivity.none_flagged": _("there were none"),
    "sensitivity.withheld": _("withheld: too few people"),
    "sensitivity.block_not_suited": _("can't be examined with these statements"),
    "group.not_stated": _("not stated"),
    "group.default": _("the survey's main language"),
    "group.others": _("other languages"),
    "dimension.place_kind": _("Kind of place"),
    "dimension.mode": _("Way of answering"),
    "dimension.language": _("Language"),
    "column.indicator": _("Indicator"),
    "column.definition": _("KPI definition"),
    "column.guide_definition": _("The guide's definition"),
    "column.target": _("Target"),
    "column.unit": _("Unit"),
    "unit.percent": "%",
    "unit.count": _("number, noted by the partnership"),
    "unit.text": _("text, noted by the partnership"),
    "column.since_previous": _("Change since the measurement before"),
    "column.low": _("low"),
    "column.high": _("high"),
    "column.change": _("Change since baseline (points)"),
    "column.change_low": _("Change, low"),
    "column.change_high": _("Change, high"),
    "column.verdict": _("Can it be decided?"),
    "column.class": _("Status (point value)"),
    "column.comment": _("Comment"),
    "column.partnership": _("Partnership"),
    "column.area": _("Area"),
    "column.checksum": _("Checksum"),
    "column.method": _("Method version"),
    "chart.axis": _("% of those who answered"),
    "comparison.reading": _("Change since the baseline, in points, here less there"),
    "column.adjusted_p": _("p, adjusted for all indicators"),
    "column.reading": _(
        "n: valid answers. Low and high: the ends of the 95% uncertainty. Not relevant and don't know: percent of all "
        "who were asked."
    ),
    "main_language": _("What wasn't written in this file's language stands in the survey's main language."),
    "trend.reading": _("The test needs three measurements that can be compared, of an indicator with one statement."),
    "picture.trend": _("over the years"),
    "picture.trend.reading": _(
        "Dot: % of those who answered, filled for this measurement. Line through it: uncertainty (95%), if those who "
        "answered answer like residents in general. Dashes: target. Diamond: measured in another way."
    ),
    "picture.trend.alt": _(
        "The percentages of every measurement with their uncertainty. The same numbers stand in a table."
    ),
    "picture.targets": _("the way to the targets"),
    "picture.targets.reading": _(
        "Dot: % of those who answered. Line: uncertainty (95%), if those who answered answer like residents in "
        "general. Diamond: baseline. Thick mark: target."
    ),
    "picture.targets.alt": _("The percentages between baseline and target. The same numbers stand in a table."),
    "picture.distribution": _("how the answers fall"),
    "picture.distribution.reading": _("Each bar is one statement. The numbers are answers."),
    "picture.distribution.alt": _(
        "The answers to every statement on the five steps. The same numbers stand in a table."
    ),
    "picture.quotas": _("who answered"),
    "picture.quotas.reading": _("Filled bar: answered. Frame: what the area's composition corresponds to."),
    "picture.quotas.alt": _(
        "How many answered in every group, against the area's composition. The same numbers stand in a table."
    ),
    "sheet.summary": _("Summary"),
    "sheet.trend": _("All measurements"),
    "sheet.distributions": _("Answers"),
    "sheet.breakdowns": _("Groups"),
    "sheet.comparison": _("Comparison area"),
    "sheet.areas": _("Areas within and around"),
    "sheet.answered": _("Who answered"),
    "sheet.method": _("Method"),
    "sheet.codebook": _("Codebook"),
    "column.wave": _("Measurement"),
    "column.percent": _("Positive answers"),
    "column.comparable": _("Comparable with this measurement"),
    "column.statement": _("Statement"),
    "column.asked": _("Asked of"),
    "column.not_relevant": _("Not relevant"),
    "column.dont_know": _("Don't know"),
    "column.no_valid_answer": _("No valid answer"),
    "column.note": _("Note"),
    "column.dimension": _("Divided by"),
    "column.group": _("Group"),
    "column.responses": _("Answered"),
    "column.expected": _("The area corresponds to"),
    "column.persons": _("Adults in the area"),
    "column.fit": _("Composition"),
    "column.source": _("Source"),
    "column.max_deviation": _("Largest distance from the area (points)"),
    "column.total_variation": _("Share that would have to move to fit"),
    "column.all": _("All who answered"),
    "column.not_resident": _("Said that they don't live here; not counted"),
    "column.withdrawn": _("Withdrew their answers; not counted"),
    "column.revoked_codes": _("Codes withdrawn"),
    "column.trend": _("Test for a trend (p, adjusted for all indicators)"),
    "column.difference": _("Difference"),
    "column.subject": _("Subject"),
    "column.said": _("What it says"),
    "codebook.table": _("Table"),
    "codebook.key": _("Key"),
    "codebook.code": _("Code"),
    "codebook.language": _("Language"),
    "codebook.text": _("Text"),
    "codebook.status": _("Status of the text"),
    "codebook.note": _("Note"),
    "asked.all": _("everybody"),
    "limits": _("Limit"),
    "areas.reading": _(
        "Each area's own published figures, the newest up to the year of this measurement. "
        "The differences between areas have not been tested."
    ),
    "estimates": _("Other ways of estimating"),
    "groups.reading": _(
        "One division at a time; small groups are put together. Differences between groups have not been tested."
    ),
    "withheld.reading": _("Figures are withheld where fewer than five people would show."),
    "yes": _("yes"),
    "no": _("no"),
    "turned_round": _("turned round: disagreement counts as positive"),
    "withheld": _("withheld"),
    "distance.withheld": _("How far it is from the area is withheld, as it would give a count away."),
    "distance": _(
        "Largest distance from the area: %(points)s points. Share that would have to move to fit: %(share)s %%."
    ),
    "answered_of": _("%(responses)s answered; area: %(expected)s"),
    "test.boschloo": _("Boschloo's exact test"),
    "test.effective_n": _("z-test on effective numbers"),
    "test.chi_square": _("chi-square test"),
    "test.exact": _("exact multinomial test"),
    "test.monte_carlo": _("Monte Carlo test"),
    "coding.bottom_coded": _("fewer than 3 of %(n)s"),
    "coding.top_coded": _("all but fewer than 3 of %(n)s"),
    "groups": _("%(positive)s positive, %(middle)s in the middle, %(negative)s negative"),
    "from_to": _("%(low)s to %(high)s"),
    "too_small_to_tell": _("too small a change"),
    "observed": _("noted by the partnership"),
    "earlier_figure": _("Earlier: %(number)s, from %(source)s. Not measured here, so not compared."),
    "limit.self_selected": _("Those who answered chose to do so: this is not a random sample."),
    "limit.interval_assumption": _("The uncertainty assumes that those who answered answer like residents in general."),
    "limit.composition_unknown": _(
        "The answers can't be held against the area's composition, so we can't say whom they resemble."
    ),
    "limit.waves_share_residents": _(
        "Some residents may have answered in more than one year. Nobody is followed from year to year, so the "
        "intervals of changes are approximate."
    ),
    "limit.trend_broken": _("Some measurements were made in another way, so they aren't compared with the others."),
    "limit.several_modes": _("People answered in several ways, which can itself move the figures."),
    "limit.not_externally_validated": _("The survey has not been validated by anybody outside."),
    "esg.sheet": _("ESG sheet"),
    "esg.origins": _("Where it comes from"),
    "esg.about": _("About the sheet"),
    "esg.requirements": _("Used for"),
    "esg.project": _("Project"),
    "esg.indicator": _("Indicator"),
    "esg.metric": _("Metric"),
    "esg.value": _("Value"),
    "esg.base": _("Valid answers (n)"),
    "esg.interval": _("Uncertainty (95 %) and its assumption"),
    "esg.period": _("Period"),
    "esg.methodology": _("Methodology"),
    "esg.assumptions": _("Assumptions"),
    "esg.limitations": _("Limitations"),
    "esg.validation": _("External validation"),
    "esg.baseline_year": _("Baseline year"),
    "esg.baseline": _("Baseline value"),
    "esg.baseline_interval": _("Baseline: valid answers (n), uncertainty (95 %)"),
    "esg.not_checked": _("noted by the partnership and not validated externally"),
    "esg.target": _("Target"),
    "esg.new_baseline": _(
        "not comparable with earlier measurements (%(reasons)s): this measurement is the new baseline"
    ),
    "esg.change": _("Change since baseline (points)"),
    "esg.verdict": _("Can it be decided?"),
    "esg.class": _("Status (point value)"),
    "esg.comment": _("Comment"),
    "origin.document": _("the frozen result document"),
    "origin.observation": _("noted by the partnership"),
    "origin.typed": _("typed by"),
    "origin.standard": _("the app's usual placing"),
    "represents.fits": _(
        "On what we know of the area, those who answered resemble it. That doesn't make it a random sample."
    ),
    "represents.slightly_skewed": _(
        "On what we know of the area, those who answered differ a little from it. Read the figures with that in mind."
    ),
    "represents.skewed": _(
        "On what we know of the area, those who answered differ from it. The figures speak of those who answered."
    ),
    "exposure.knows": _("know of it"),
    "exposure.took_part": _("took part"),
}


def reader_labels() -> Labels:
    """The words in the signed-in person's language."""
    language = staff_language()
    words = {code: str(text) for code, text in WORDS.items()}
    words |= {f"group.{kind.value}": str(text) for kind, text in PLACE_KINDS.items()}
    words |= {f"group.{mode.value}": str(text) for mode, text in MODES.items()}
    words |= {f"dimension.{key}": str(text) for key, text in DIMENSIONS.items()}
    words |= {f"fit.{word.value}": str(text) for word, text in REPRESENTATIVENESS.items()}
    return Labels(language, words, partial(_number, language))


def _number(language: str, value: float, decimals: int) -> str:
    return i18n.format_number(value, language, decimals)
