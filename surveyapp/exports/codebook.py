"""What every code and key in a result document stands for, with the wording in every language and its status.

`codebook_of` chooses what belongs to it and is what other systems get; the files say the same row by row.
"""

from collections.abc import Iterator, Mapping

from surveyapp.exports.labels import Document, Labels, text_status
from surveyapp.exports.long_table_codes import CODES
from surveyapp.exports.tidy_table import Row

CODEBOOK_COLUMNS = ("table", "key", "code", "language", "text", "status", "note")
CODED = (
    *("verdict", "class", "flag", "reason", "break", "status", "change", "compared", "assumption"),
    *("test", "limit", "fit", "weighting", "sensitivity", "coding", "group", "dimension"),
)
"""What is coded in the document and has words: the part of `labels.words` before the point."""
METHODS = {
    "percent": "share of positive answers among valid ones (top two of five steps)",
    "share": "the same as a fraction with six decimals",
    "n_effective": "answers that the interval was computed with: as many independent ones bear as much",
    "low, high": "Wilson (1927), 95 %",
    "difference": "late minus early, in points",
    "difference low, high": "Newcombe (1998), method 10, 95 %",
    "p_value": "Boschloo (1970), or a z-test on effective numbers",
    "adjusted_p_value": "Holm (1979)",
    "trend": "Cochran (1954), Armitage (1955), from three comparable waves",
    "comparison": "difference in differences, interval by MOVER (Zou & Donner, 2008), 95 %",
    "weighted": "raking (Deming & Stephan, 1940); interval on n_effective divided by design_effect",
    "design_effect": "Kish (1965): weighted answers that bear as much as one unweighted",
    "max_deviation_points": "largest distance of a group's share from the area's; under weighting: that remains",
    "total_variation": "share of answers that would have to move to another group to fit the area",
    "target_share": "the group's share of the area's adults, as a fraction",
    "shortfall": "expected less answered; negative is a surplus",
    "composition": "chi-square, exact multinomial or Monte Carlo test",
}
"""The formulas by their names in the literature; docs/method.md has them in full."""
OUTSIDE_THE_BASE = {"na": "not relevant to me", "dk": "don't know"}
OF_DOCUMENT = ("method_version", "default_language", "languages", "questionnaires", "scale", "background")
OF_INDICATOR = ("key", "kind", "unit", "names", "opposites", "definitions", "guide_definitions")
OF_STATEMENT = ("key", "form", "polarity", "positive_steps", "fingerprint", "texts")
OF_INITIATIVE = ("key", "partner", "exposure", "texts")


def codebook_of(document: Document) -> Document:
    """What the document was measured with: statements, codes, questions and methods, and no figure."""
    return _some(document, OF_DOCUMENT) | {
        "wave": document["wave"]["number"],
        "wave_label": document["wave"]["label"],
        "outside_the_base": OUTSIDE_THE_BASE,
        "methods": METHODS,
        "indicators": [
            _some(entry, OF_INDICATOR) | {"items": [_some(item, OF_STATEMENT) for item in entry["items"]]}
            for entry in document["indicators"]
        ],
        "initiatives": [
            _some(initiative, OF_INITIATIVE)
            | {"items": [_some(item, ("indicator", *OF_STATEMENT)) for item in initiative["items"]]}
            for initiative in document["initiatives"]
        ],
    }


def codebook_rows(document: Document, labels: Labels) -> Iterator[Row]:
    """The codebook with one row a text in a language, and what the codes of a result mean in the labels' language."""
    codebook = codebook_of(document)
    for cells in (*_asked(codebook), *_indicators(codebook), *_background(codebook), *_scale(codebook)):
        yield _row(cells)
    for code, words in labels.words.items():
        table, point, key = code.partition(".")
        if point and table in CODED:
            yield _row({"table": table, "code": key, "language": labels.language, "text": words})
    for column, meanings in CODES.items():
        for code, meaning in meanings.items():
            yield _row({"table": f"column {column}", "code": code, "language": "en", "text": meaning})
    for name, method in codebook["methods"].items():
        yield _row({"table": "method", "key": name, "text": method, "note": f"version {codebook['method_version']}"})


def _some(content: Document, names: tuple[str, ...]) -> Document:
    return {name: content[name] for name in names}


def _row(cells: Row) -> Row:
    return {column: cells.get(column) for column in CODEBOOK_COLUMNS}


def _asked(codebook: Document) -> Iterator[Row]:
    for entry in codebook["indicators"]:
        for item in entry["items"]:
            yield from _item(item, entry["key"])
    for initiative in codebook["initiatives"]:
        note = f"{initiative['partner']}; {initiative['exposure']}"
        yield from _texts({"table": "exposure", "key": initiative["key"], "note": note}, initiative["texts"])
        for item in initiative["items"]:
            yield from _item(item, f"{item['indicator']}; of those exposed to {initiative['key']}")


def _item(item: Document, about: str) -> Iterator[Row]:
    positive = ", ".join(map(str, item["positive_steps"]))
    note = f"{about}; {item['form']}; positive steps {positive}; wording {item['fingerprint'][:12]}"
    yield from _texts({"table": "item", "key": item["key"], "note": note}, item["texts"])


def _indicators(codebook: Document) -> Iterator[Row]:
    for entry in codebook["indicators"]:
        for table, texts in (
            ("indicator", entry["names"]),
            ("indicator_opposite", entry["opposites"]),
            ("definition", entry["definitions"]),
            ("guide_definition", entry["guide_definitions"]),
        ):
            yield from _texts({"table": table, "key": entry["key"], "note": entry["unit"]}, texts)


def _background(codebook: Document) -> Iterator[Row]:
    for question in codebook["background"]:
        yield from _texts({"table": "background", "key": question["key"]}, question["texts"])
        for category in question["categories"]:
            place: Row = {"table": "background_category", "key": question["key"], "code": category["key"]}
            yield from _texts(place, category["texts"])


def _scale(codebook: Document) -> Iterator[Row]:
    for language, asked in codebook["scale"]["languages"].items():
        for code, text in sorted(asked["labels"].items()):
            yield {
                "table": "scale",
                "key": codebook["scale"]["key"],
                "code": code,
                "language": language,
                "text": text,
                "status": asked["confidence"],
                "note": asked["source"],
            }


def _texts(place: Row, texts: Mapping[str, Document | str]) -> Iterator[Row]:
    """A text in every language; names and definitions have no status of their own."""
    for language, text in texts.items():
        if isinstance(text, str):
            yield place | {"language": language, "text": text}
        else:
            yield place | {"language": language, "text": text["text"], "status": text_status(text)}
