"""What ships with the app as data: languages, the answer scale, the library of statements."""
