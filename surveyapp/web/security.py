"""Headers that every answer carries, and sessions that resident pages never touch."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from surveyapp.config import Settings

RESIDENT = "resident"

# Bootstrap's style sheet draws its icons with data: images. Resident pages set their own policy, with hashes.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; worker-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class StaffSessions(SecureCookieSessionInterface):
    """Cookie sessions for staff. A resident's answer neither sets a cookie nor varies by one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """As usual; without a cookie there is nothing to verify, which every resident's answer would wait for."""
        return super().open_session(app, request) if request.cookies else SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save as usual, except on resident pages."""
        if request.blueprint != RESIDENT:
            super().save_session(app, session, response)


def init_security(app: Flask, settings: Settings) -> None:
    """Set headers and cookies for the whole app."""
    https = settings.public_url.startswith("https://")
    app.session_interface = StaffSessions()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_NAME="staff",
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        HEADERS_OF_EVERY_ANSWER=HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {}),
    )

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in app.config["HEADERS_OF_EVERY_ANSWER"].items():
            response.headers.setdefault(name, value)
        if request.blueprint != RESIDENT and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
