"""Helpers on plain text: urls, sentences, numbers, normalising, shingles, languages, moments, parsing."""
