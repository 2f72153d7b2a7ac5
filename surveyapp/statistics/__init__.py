"""The measurement: plain values and arrays in, frozen results out. docs/method.md explains it.

Nothing here knows Flask, the database or a language. What cannot be computed is None with a named status.
"""

from surveyapp.statistics.answers import AnswerCounts, answer_matrix, count_answers
from surveyapp.statistics.change import (
    Difference,
    HolmAdjustment,
    TwoWaveTest,
    Verdict,
    WaveChange,
    change_between_waves,
    difference_between,
    effective_n_test,
    exact_two_wave_test,
    holm_adjustment,
    newcombe_difference,
    newcombe_difference_effective_n,
    verdict,
    verdicts,
)
from surveyapp.statistics.follow_up import (
    Direction,
    Flag,
    FollowUp,
    FollowUpClass,
    Target,
    TargetKind,
    kommuninvest_colour,
)
from surveyapp.statistics.indicators import Indicator, multi_item_indicator, pooled_item_share, respondent_scores
from surveyapp.statistics.intervals import (
    CountInterval,
    ShareInterval,
    hypergeometric_exact_interval,
    wilson_interval,
    wilson_interval_effective_n,
    wilson_interval_fpc,
    wilson_interval_kish,
)
from surveyapp.statistics.linearized import DesignBasedShare, weighted_share_design_based
from surveyapp.statistics.quota import (
    ExactMultinomial,
    MarginCheck,
    QuotaFit,
    exact_multinomial_test,
    quota_check,
    quota_goodness_of_fit,
)
from surveyapp.statistics.release import Coding, Detail, GroupAnswers, release_detail, share_coding
from surveyapp.statistics.status import BadInput, Status
