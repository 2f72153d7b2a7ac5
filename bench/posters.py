"""Measures how long one PDF with 50 posters, flyers … in 8 languages takes, also against the typesetter's own floor.

The floor is compiling one empty page 50 times, with the fonts loaded once. Run as `python -m bench.posters`.
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import typst

from surveyapp.posters.poster import PRODUCTS, posters_pdf
from surveyapp.typesetting.fonts import load_fonts
from tests.posters.samples import FONTS, sample_poster

LANGUAGES = ("da", "en", "ar", "so", "ti", "ur", "tr", "uk")
PLACEMENTS = 50


def seconds(task: Callable[[], object]) -> float:
    """Give the wall-clock seconds that the task takes, once."""
    start = perf_counter()
    task()
    return perf_counter() - start


def main() -> None:
    """Print the seconds and the ratio for every product."""
    posters = [
        sample_poster(*LANGUAGES, place=f"Opgang {number}", address=f"https://svar.egebo.example/K7M4{number:02}")
        for number in range(PLACEMENTS)
    ]
    fonts = load_fonts(FONTS)
    page = b'#set document(title: "x")\n'
    empty = seconds(
        lambda: [typst.compile(page, font_paths=fonts, pdf_standards=["ua-1"], timestamp=0) for _ in range(PLACEMENTS)]
    )
    for product in PRODUCTS:
        batch = seconds(partial(posters_pdf, posters, title="Plakater", font_paths=FONTS, product=product))
        print(f"posters: {PLACEMENTS} of {product} in {len(LANGUAGES)} languages, seconds: {batch:.2f}")
        print(f"posters: {product}, times {PLACEMENTS} empty pages: {batch / empty:.0f}")


if __name__ == "__main__":
    main()
