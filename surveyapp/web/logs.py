"""Structured logs without personal data: what happened on which endpoint, never who, from where or to what path."""

import logging
import time
from typing import Any

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from surveyapp.web.security import RESIDENT

logger = logging.getLogger("surveyapp")


def init_logs(app: Flask) -> None:
    """Log every staff request as one JSON line on standard error; resident requests leave no line."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter("{asctime}{levelname}{message}", style="{"))
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        if request.blueprint != RESIDENT:  # a line would tell when somebody answered
            logger.info("request", extra=_request_facts(response.status_code))
        return response


def _request_facts(status: int) -> dict[str, Any]:
    return {
        "blueprint": request.blueprint,
        "endpoint": request.endpoint,
        "method": request.method,
        "status": status,
        "milliseconds": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000),
    }
