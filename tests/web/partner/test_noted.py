"""What the partnership noted itself stands beside the figures, marked as its own, and is never compared with them."""

import csv
import io
from decimal import Decimal

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.models import ObservationKind
from surveyapp.services.observations import add_observation
from tests.builders import World, note_earlier_figures
from tests.web.checking_client import CheckingClient
from tests.web.partner.reading import OWN, reader, text_of


def test_a_count_and_a_comment_stand_beside_the_figures_and_are_marked(
    session: Session, world: World, client: CheckingClient
) -> None:
    internships, belonging = world.survey.indicators[2], world.survey.indicators[0]
    wave = world.survey.waves[1]
    add_observation(
        session,
        world.partnership,
        None,
        indicator=internships,
        wave=wave,
        kind=ObservationKind.COUNT,
        number=Decimal(7),
    )
    add_observation(
        session,
        world.partnership,
        None,
        indicator=belonging,
        wave=wave,
        kind=ObservationKind.COMMENT,
        text="<b>Godt</b> år",
    )
    note_earlier_figures(session, world, (38, "Beboerundersøgelse 2019"))
    client.sign_in(reader(session, world.lead))
    html = client.get(f"{OWN}/results").text
    page = text_of(html)
    assert "7 noted by the partnership" in page
    assert "&lt;b&gt;Godt&lt;/b&gt; år" in html
    assert "Earlier: 38%, from Beboerundersøgelse 2019. Not measured here, so not compared." in page


def test_every_earlier_figure_stands_on_the_page_and_in_the_files(
    session: Session, world: World, client: CheckingClient
) -> None:
    note_earlier_figures(session, world, (38, "Tryghed 2021"), (40, "Tryghed 2023"))
    client.sign_in(reader(session, world.lead))
    summary = load_workbook(io.BytesIO(client.get(f"{OWN}/results.xlsx").data)).worksheets[0]
    for shown in (
        text_of(client.get(f"{OWN}/results").text),
        client.get(f"{OWN}/results-guide.csv").text,
        " ".join(str(cell.value) for row in summary.iter_rows() for cell in row),
    ):
        assert "Earlier: 38%, from Tryghed 2021." in shown
        assert "Earlier: 40%, from Tryghed 2023." in shown
    table = csv.DictReader(io.StringIO(client.get(f"{OWN}/results.csv").text), delimiter=";")
    earlier = [(row["value"], row["note"]) for row in table if row["measure"] == "earlier_figure"]
    assert earlier == [("38", "Tryghed 2021"), ("40", "Tryghed 2023")]
