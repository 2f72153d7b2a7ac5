"""Pages from plain values: fonts for every script, what Typst templates share, tagged PDF and pictures of pages."""
