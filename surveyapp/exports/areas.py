"""Areas within and around the one that was measured: what each has published itself, and in which document."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.comparability import was_asked
from surveyapp.exports.labels import Document, Labels, instead_of_percent, reason_words


@dataclass(frozen=True)
class AreaBeside:
    """An area's own result document; `otherwise` are the indicators that were measured in another way there."""

    document: Document
    checksum: str
    otherwise: frozenset[str] = frozenset()

    def figure(self, indicator: str) -> Document | None:
        """The newest figure that the document shows of an indicator; None where it wasn't asked."""
        for entry in self.document["indicators"]:
            if entry["key"] == indicator and entry["figures"]:
                newest: Document = entry["figures"][-1]
                return newest if was_asked(newest) else None
        return None


def areas_compared(document: Document, checksum: str, beside: Sequence[AreaBeside]) -> list[AreaBeside]:
    """The document's own area first, then those beside it; none where it stands alone."""
    return [AreaBeside(document, checksum), *beside] if beside else []


def why_no_more(area: AreaBeside, indicator: str, labels: Labels) -> list[str]:
    """What keeps a figure from being shown, or from being read beside the others."""
    shown = area.figure(indicator)
    if shown is None:
        return [labels.words["status.not_asked"]]
    said = [each for each in (instead_of_percent(shown, labels), reason_words(shown, labels)) if each]
    return said + ([labels.words["compared.not_comparable"]] if indicator in area.otherwise else [])
