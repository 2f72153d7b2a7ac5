"""The words and number forms of one language, handed in by whoever asks for a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from surveyapp.comparability import NOT_ASKED

Document = dict[str, Any]
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
STEPS = ("5", "4", "3", "2", "1")
COUNTED_BESIDE = ("not_resident", "withdrawn", "revoked_codes")
WAYS_OF_ANSWERING = {"by_mode": "mode", "by_place_kind": "place_kind", "by_language": "language"}
SIGNS = {"at_least": f"≥{NO_BREAK_SPACE}%(value)s", "at_most": f"≤{NO_BREAK_SPACE}%(value)s"}


@dataclass(frozen=True)
class Labels:
    """One language: `words` by code ("verdict.rise"), and how it writes numbers (value, decimals)."""

    language: str
    words: Mapping[str, str]
    number: Callable[[float, int], str]

    def spoken(self, texts: Mapping[str, Any]) -> str:
        """A name or a text in this language, else as it was first written, else in any language it has."""
        written = (text for text in texts.values() if isinstance(text, dict) and text["status"] == "source")
        found = texts.get(self.language) or next(written, None) or next(iter(texts.values()), "")
        return str(found["text"] if isinstance(found, dict) else found)

    def percent(self, value: float) -> str:
        """Whole: 43 %, or 43% in English."""
        return self._with_sign(self.whole(value))

    def signed(self, points: float) -> str:
        """A difference with its sign, in whole points: +2, −12, 0."""
        whole = _half_away(points)
        return f"{'+' if whole > 0 else MINUS if whole < 0 else ''}{self.number(abs(whole), 0)}"

    def end(self, points: float) -> str:
        """An end of a difference's interval, as `signed`; with its decimal where it is near 0, but not 0."""
        if points == 0 or _half_away(points) != 0:
            return self.signed(points)
        return f"{'+' if points > 0 else MINUS}{self.number(abs(points), 1)}"

    def whole(self, value: float) -> str:
        """A percentage without its sign, whole."""
        return self.number(_half_away(value), 0)

    def plain(self, value: float, unit: str = "count") -> str:
        """A number as it was typed, with all its decimals: 12, 62.5, or with the unit "percent" 62.5 %."""
        decimals = max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
        written = self.number(value, decimals)
        return self._with_sign(written) if unit == "percent" else written

    def target(self, target: Document | None, unit: str) -> str:
        """A target as one short line, with the year it is for: ≥ 85 % (2030)."""
        return self._aim(target, unit, SIGNS)

    def target_in_words(self, target: Document | None, unit: str) -> str:
        """As `target`, for where no sign can be drawn: at least 85 % (2030)."""
        return self._aim(target, unit, {kind: self.words[f"target.{kind}"] for kind in SIGNS})

    def _aim(self, target: Document | None, unit: str, forms: Mapping[str, str]) -> str:
        if target is None:
            return ""
        aim = self._number_aimed_for(target, unit, forms)
        return f"{aim} ({target['year']})" if target["year"] else aim

    def _number_aimed_for(self, target: Document, unit: str, forms: Mapping[str, str]) -> str:
        value, upper = target["value"], target["upper"]
        if target["kind"] in forms and value is not None:
            return forms[target["kind"]] % {"value": self.plain(value, unit)}
        if target["kind"] == "point" and value is not None:
            return self.plain(value, unit)
        if target["kind"] == "range" and value is not None and upper is not None:
            return f"{self.plain(value)}–{self.plain(upper, unit)}"
        return self.words.get(f"target.{target['kind']}") or str(target["text"])

    def _with_sign(self, written: str) -> str:
        return written + ("%" if self.language == "en" else NO_BREAK_SPACE + "%")


def waves_of(document: Document) -> dict[int, str]:
    """Every wave that some indicator has a figure of, by number."""
    found = {shown["wave"]: shown["wave_label"] for entry in document["indicators"] for shown in entry["figures"]}
    found[document["wave"]["number"]] = document["wave"]["label"]
    return dict(sorted(found.items()))


def within_sentence(name: str) -> str:
    """A name as it stands within a sentence: small at the front, unless it is an abbreviation such as CO₂."""
    first = name.split(" ", 1)[0]
    return name if first[1:] != first[1:].lower() else name[:1].lower() + name[1:]


def break_words(reasons: Iterable[str], labels: Labels) -> list[str]:
    """Why two figures can't be joined, each reason once; not that one of them wasn't asked."""
    return list(dict.fromkeys(labels.words[f"break.{reason}"] for reason in reasons if reason != NOT_ASKED))


def reason_words(figure: Document, labels: Labels) -> str:
    """Why a figure isn't shown in full; empty where it is."""
    if figure["reason"] == "fewer_than_30" and not figure["groups"]:
        return labels.words["reason.fewer_than_30.without_groups"]
    return labels.words[f"reason.{figure['reason']}"] if figure["reason"] else ""


def figure_notes(figure: Document, labels: Labels) -> list[str]:
    """What keeps a figure from being compared with the newest one, and from being shown; not that it wasn't asked."""
    reason = reason_words(figure, labels)
    return break_words(figure.get("break_reasons", ()), labels) + ([reason] if reason else [])


def flag_words(follow_up: Document, labels: Labels) -> tuple[str, ...]:
    """What must be said beside a class: that the target lies within the uncertainty, say."""
    return tuple(labels.words[f"flag.{flag}"] for flag in follow_up["flags"] if f"flag.{flag}" in labels.words)


def class_words(follow_up: Document | None, labels: Labels) -> str:
    """The class of the point value with its flags; empty without one."""
    if not follow_up or not follow_up["class"]:
        return ""
    flags = flag_words(follow_up, labels)
    return labels.words[f"class.{follow_up['class']}"] + (f" ({'; '.join(flags)})" if flags else "")


def instead_of_percent(figure: Document, labels: Labels) -> str:
    """What the release rules let be said where the percentage may not be: "fewer than 3 of 40", or three groups."""
    if figure["coding"] not in (None, "exact"):
        return labels.words[f"coding.{figure['coding']}"] % {"n": labels.number(figure["n"], 0)}
    return labels.words["groups"] % figure["groups"] if figure["groups"] else ""


def statement_text(item: Document, labels: Labels) -> str:
    """A statement as it was asked, and that it is turned round where it is."""
    return labels.spoken(item["texts"]) + turned_round(item, labels)


def turned_round(item: Document, labels: Labels) -> str:
    """What follows a statement that speaks against the indicator, in brackets; nothing behind the others."""
    return f" ({labels.words['turned_round']})" if item["polarity"] == "negative" else ""


def dimension_name(key: str, document: Document, labels: Labels) -> str:
    """What a dimension is called; a question of the organisation's own is called by its text."""
    asked: Document = next((question["texts"] for question in document["background"] if question["key"] == key), {})
    return labels.words.get(f"dimension.{key}") or labels.spoken(asked) or key


def category_name(dimension: str, category: str, document: Document, labels: Labels) -> str:
    """What one answer to a background question is called, or a kind of place, a mode, a language group."""
    for asked in document["background"]:
        if asked["key"] == dimension:
            for each in asked["categories"]:
                if each["key"] == category:
                    return labels.spoken(each["texts"])
    return labels.words.get(f"group.{category}", category)


def wholly_withheld(margin: Document) -> bool:
    """Whether of a margin's counts not one may be shown: a table of them would say nothing."""
    return all(each["responses"] is None for each in (*margin["categories"], *margin["without_target"]))


def text_status(text: Document) -> str:
    """How far a frozen text can be trusted: its status, or "stale" where its source was changed after it."""
    return "stale" if text.get("stale") else str(text["status"])


def step_name(document: Document, labels: Labels, step: str) -> str:
    """What a step of the answer scale is called: in this language if people could answer in it, else as first asked."""
    spoken_in = document["scale"]["languages"]
    asked = spoken_in.get(labels.language) or spoken_in[document["default_language"]]
    return str(asked["labels"][step])


def _half_away(value: float) -> int:
    """Halves away from zero, as people round: 15.5 is 16 and −11.5 is −12."""
    return int(Decimal(str(round(value, 6))).quantize(Decimal(1), ROUND_HALF_UP))
