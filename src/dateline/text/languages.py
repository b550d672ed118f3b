"""The language of a text, as a BCP 47 tag."""

from __future__ import annotations

import functools
import re
from typing import Any

_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_LETTERS = 20
_MOST_CHARACTERS = 900  # of the text's beginning, middle and end together: more adds time, not certainty
_LEAST_CERTAINTY = 0.45
_SURE_LETTERS = 80  # of one paragraph
_SURE_CERTAINTY = 0.98

# What newspapers and agencies write; the model's further labels (creoles, dead and invented languages, dialects close
# to
# one of these) take more headlines away than they bring.
_WRITTEN = (
    "af am ar as az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk",
    "km kn ko ku ky lo lt lv mg mk ml mn mr ms mt my nb ne nl nn no or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te",
    "th ti tl tr ug uk ur uz vi xh yo zh zu",
)

# Scripts that one news language writes: no model is needed, and none is as sure.
_ONE_LANGUAGE = (
    ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
    ("th", "\u0e00", "\u0e7f"),
    ("ko", "\uac00", "\ud7af"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
    ("ta", "\u0b80", "\u0bff"),
    ("te", "\u0c00", "\u0c7f"),
    ("ml", "\u0d00", "\u0d7f"),
    ("kn", "\u0c80", "\u0cff"),
    ("gu", "\u0a80", "\u0aff"),
    ("pa", "\u0a00", "\u0a7f"),
    ("si", "\u0d80", "\u0dff"),
    ("km", "\u1780", "\u17ff"),
    ("lo", "\u0e80", "\u0eff"),
    ("my", "\u1000", "\u109f"),
)


def _sample(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    part = _MOST_CHARACTERS // 3
    middle = len(text) // 2
    return f"{text[:part]} {text[middle : middle + part]} {text[-part:]}"


def _by_script(letters: str) -> str | None:
    if letters.isascii():
        return None
    half = len(letters) / 2
    if sum(c > "\u036f" for c in letters) <= half:
        return None
    if sum("\u3040" <= c <= "\u30ff" for c in letters) > len(letters) / 8:
        return "ja"
    for tag, first, last in _ONE_LANGUAGE:
        if sum(first <= c <= last for c in letters) > half:
            return tag
    return None


def language(text: str) -> str | None:
    """Give the language of a text as a two- or three-letter tag; None where there is too little to tell.

    Scripts of one language decide by themselves; else py3langid, whose probability (softened by length) must reach .45.
    """
    sample = _sample(text)
    letters = "".join(_LETTERS.findall(sample))
    if not letters:
        return None
    by_script = _by_script(letters)
    if by_script:
        return by_script
    least = 6 if "\u4e00" <= letters[0] <= "\u9fff" else _LEAST_LETTERS
    if len(letters) < least:
        return None
    tag, certainty = _identifier().classify(sample)
    return str(tag) if certainty >= _LEAST_CERTAINTY else None


def sure_language(paragraph: str) -> str | None:
    """Give the language of a paragraph; None unless it is long enough and the model has hardly a doubt."""
    sample = _sample(paragraph)
    letters = "".join(_LETTERS.findall(sample))
    if len(letters) < _LEAST_LETTERS:
        return None
    by_script = _by_script(letters)
    least = _SURE_LETTERS if letters[0] <= "\u036f" else _SURE_LETTERS // 2  # few languages share another script
    if by_script or len(letters) < least:
        return by_script
    tag, certainty = _identifier().classify(sample)
    return str(tag) if certainty >= _SURE_CERTAINTY else None


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages([tag for tag in " ".join(_WRITTEN).split() if tag in made.labels])
    return made
