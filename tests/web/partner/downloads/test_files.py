"""Every file is named, recognised and noted; the document itself fits its schema."""

import hashlib
import json
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Result
from surveyapp.services.issued_files import Finding, verify
from tests.result_schema import validator
from tests.web.checking_client import CheckingClient
from tests.web.partner.downloads.files import RESULTS, fetch

FILES = (".pdf", "-one-page.pdf", "-one-page.png", ".xlsx", "-guide.csv", ".csv", "-codebook.csv", ".json")


def test_the_json_file_fits_its_schema(client: CheckingClient) -> None:
    document = json.loads(fetch(client, ".json"))["document"]
    assert not [error.message for error in validator().iter_errors(document)]


@pytest.mark.parametrize("file", FILES)
def test_the_same_document_gives_the_same_named_bytes_which_are_recognised_and_noted(
    client: CheckingClient, session: Session, result: Result, file: str
) -> None:
    answer = client.get(f"{RESULTS}{file}?language=sv")
    assert f"filename=Egeparken-Aar-1-sv{file}" in answer.headers["Content-Disposition"]
    content = answer.data
    assert fetch(client, file, "sv") == content
    session.rollback()
    found = verify(session, content)
    assert (found.finding, found.result) == (Finding.UNCHANGED, result)
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.details["file"], event.details["checksum"]) == (file, result.checksum)
    assert event.details["sha256"] == hashlib.sha256(content).hexdigest()


def test_another_language_than_the_three_is_refused(client: CheckingClient) -> None:
    assert client.get(f"{RESULTS}.csv?language=tr").status_code == 404


def test_the_menu_leads_to_every_file_in_the_language_that_was_chosen(client: CheckingClient) -> None:
    page = client.get(f"{RESULTS}?language=sv").text
    linked = set(re.findall(r'href="[^"]*/results([^"?/]+)\?[^"]*language=sv', page))
    assert linked == set(FILES)
    assert 'lang="sv" aria-current="true"' in page


def test_what_the_area_corresponds_to_is_withheld_in_words_with_a_count_that_it_would_give_back(
    client: CheckingClient, document: dict[str, Any]
) -> None:
    margins = {margin["dimension"]: margin["categories"] for margin in document["composition"]["margins"]}
    assert [each["responses"] for each in margins["household"]].count(None) == 1
    page = client.get("/o/egebo/partnerships/1/results").text
    household = page[page.index("<caption>Husstand: ") :].split("</tbody>")[0]
    rows = re.findall(r'<td class="number">([^<]+)</td><td class="number">([^<]+)</td>', household)
    assert [expected for _, expected in rows] == [*["sløret"] * 4, "–"]  # the last is who said nothing
