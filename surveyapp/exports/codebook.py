"""What every code and key in a result document stands for, with the wording in every language and its status."""

from collections.abc import Iterator, Mapping

from surveyapp.exports.labels import Document, Labels
from surveyapp.exports.tidy_table import Row

CODEBOOK_COLUMNS = ("table", "key", "code", "language", "text", "status", "note")
CODED = ("verdict", "class", "flag", "reason", "break", "status", "change", "test", "limit", "fit")
"""What is coded in the document and has words: the part of `labels.words` before the point."""
METHODS = {
    "percent": "share of positive answers among valid ones (top two of five steps)",
    "low, high": "Wilson (1927), 95 %",
    "difference": "late minus early, in points",
    "difference low, high": "Newcombe (1998), method 10, 95 %",
    "p_value": "Boschloo (1970), or a z-test on effective numbers",
    "adjusted_p_value": "Holm (1979)",
    "weighted": "raking (Deming & Stephan, 1940)",
    "composition": "chi-square, exact multinomial or Monte Carlo test",
}
"""The formulas by their names in the literature; docs/method.md has them in full."""


def codebook_rows(document: Document, labels: Labels) -> Iterator[Row]:
    """One row a text in a language, or a code with its meaning."""
    for cells in (*_asked(document), *_indicators(document), *_background(document), *_scale(document)):
        yield _row(cells)
    for code, words in labels.words.items():
        table, point, key = code.partition(".")
        if point and table in CODED:
            yield _row({"table": table, "code": key, "language": labels.language, "text": words})
    for name, method in METHODS.items():
        yield _row({"table": "method", "key": name, "text": method, "note": f"version {document['method_version']}"})


def _row(cells: Row) -> Row:
    return {column: cells.get(column) for column in CODEBOOK_COLUMNS}


def _asked(document: Document) -> Iterator[Row]:
    for entry in document["indicators"]:
        for item in entry["items"]:
            yield from _item(item, entry["key"])
    for initiative in document["initiatives"]:
        note = f"{initiative['partner']}; {initiative['exposure']}"
        yield from _texts({"table": "exposure", "key": initiative["key"], "note": note}, initiative["texts"])
        for item in initiative["items"]:
            yield from _item(item, f"{item['indicator']}; of those exposed to {initiative['key']}")


def _item(item: Document, about: str) -> Iterator[Row]:
    positive = ", ".join(map(str, item["positive_steps"]))
    note = f"{about}; {item['form']}; positive steps {positive}; wording {item['fingerprint'][:12]}"
    yield from _texts({"table": "item", "key": item["key"], "note": note}, item["texts"])


def _indicators(document: Document) -> Iterator[Row]:
    for entry in document["indicators"]:
        for table, texts in (
            ("indicator", entry["names"]),
            ("indicator_opposite", entry["opposites"]),
            ("definition", entry["definitions"]),
            ("guide_definition", entry["guide_definitions"]),
        ):
            yield from _texts({"table": table, "key": entry["key"], "note": entry["unit"]}, texts)


def _background(document: Document) -> Iterator[Row]:
    for question in document["background"]:
        yield from _texts({"table": "background", "key": question["key"]}, question["texts"])
        for category in question["categories"]:
            place: Row = {"table": "background_category", "key": question["key"], "code": category["key"]}
            yield from _texts(place, category["texts"])


def _scale(document: Document) -> Iterator[Row]:
    for language, asked in document["scale"]["languages"].items():
        for code, text in sorted(asked["labels"].items()):
            yield {
                "table": "scale",
                "key": document["scale"]["key"],
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
            status = "stale" if text.get("stale") else text["status"]
            yield place | {"language": language, "text": text["text"], "status": status}
