"""A self-hosted news desk: from pages to articles, stories and events, each tied to the words that say so."""

__version__ = "0.1.0"
