"""Another system that reads the API and checks every answer against what the API says of itself."""

from typing import Any
from urllib.parse import urlsplit

import jsonschema
from flask import Flask
from flask.testing import FlaskClient
from referencing import Registry, Resource
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Organisation, TokenScope
from surveyapp.services.api_tokens import make_token
from tests.builders import TODAY

FAR_AWAY = 10_000


def token_of(session: Session, organisation: Organisation, scope: TokenScope = TokenScope.RESULTS) -> str:
    """A good token, committed."""
    _token, secret = make_token(session, organisation, None, name="ESG", scope=scope, today=TODAY, days=FAR_AWAY)
    session.commit()
    return secret


class System:
    """A client with a token. Every answer must be one that the description promises."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client: FlaskClient = app.test_client()
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self.described: dict[str, Any] = self.client.get("/api/v1/openapi.json").get_json()
        self.adapter = app.url_map.bind("")

    def get(self, path: str, **headers: str) -> TestResponse:
        """The answer to a GET, checked."""
        response = self.client.get(path, headers={**self.headers, **headers})
        self._check(path, response)
        return response

    def read(self, path: str) -> Any:
        """The content of an answer that must be 200."""
        response = self.get(path)
        assert response.status_code == 200, response.text
        return response.get_json()

    def _check(self, path: str, response: TestResponse) -> None:
        endpoint, _ = self.adapter.match(urlsplit(path).path)
        operation = next(
            each["get"] for each in self.described["paths"].values() if f"api.{each['get']['operationId']}" == endpoint
        )
        promised = operation["responses"][str(response.status_code)]
        if "$ref" in promised:
            promised = self.described["components"]["responses"][promised["$ref"].rpartition("/")[2]]
        assert set(promised.get("headers", {})) <= set(response.headers.keys())
        if "content" not in promised:
            assert response.data == b""
            return
        schema = promised["content"][str(response.mimetype)]["schema"]
        self._validator(schema).validate(response.get_json())

    def _validator(self, schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **self.described}
        registry: Registry[Any] = Registry().with_resource("urn:api", Resource.from_contents(whole))
        if "$ref" in schema:
            schema = {"$ref": "urn:api" + schema["$ref"]}
        return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=jsonschema.FormatChecker())
