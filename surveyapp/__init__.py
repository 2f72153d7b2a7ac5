"""The survey app."""
