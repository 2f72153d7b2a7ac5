"""The app as a server loads it."""

from surveyapp import create_app

app = create_app()
