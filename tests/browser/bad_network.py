"""What a bad network does to answers on their way."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route

ALWAYS = 10**6


def lose_request(route: Route) -> None:
    route.abort("connectionfailed")


def lose_reply(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def half_a_reply(route: Route) -> None:
    answer = route.fetch()
    before_the_receipt = answer.text().partition("data-receipt")[0]
    route.fulfill(status=200, content_type="text/html", body=before_the_receipt)


def database_away(route: Route) -> None:
    route.fulfill(status=503, headers={"Retry-After": "1"}, body="<main>later</main>")


def hotspot_wants_a_login(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<main><h1>Welcome to Free Wifi</h1></main>")


def trip_over(context: BrowserContext, address: str, fault: Callable[[Route], None], times: int = ALWAYS) -> list[str]:
    """Let the first so many answers that are sent run into a fault; gives the list of those that did."""
    tripped: list[str] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST" or len(tripped) >= times:
            route.continue_()
        else:
            tripped.append(route.request.post_data or "")
            fault(route)

    context.route(re.compile(re.escape(address) + "$"), handle)
    return tripped
