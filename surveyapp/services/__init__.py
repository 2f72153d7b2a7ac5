"""Use cases. One use case, one function, the session passed in; none of them knows of the web."""
