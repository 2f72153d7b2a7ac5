"""QR codes and Typst templates: what is printed and hung up. Knows no Flask, no database and no gettext."""
