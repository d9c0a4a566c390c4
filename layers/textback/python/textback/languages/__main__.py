"""`python -m textback.languages`: keep the trees of every language for faster cold starts."""

from textback.languages.keeping import keep

keep()
