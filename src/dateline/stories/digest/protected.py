"""Whom a digest does not name: children to whom something happened, and victims of sexual violence.

Newsrooms withhold both by default, and so does a digest, which goes further than the report it is taken from. A
sentence that names one is not quoted, however central it is; others tell the same. The words are English.
"""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]+)+"
_AGE = r"(?<![\d.,$€£])(?:[1-9]|1[0-7])"
_CHILD = r"(?:boy|girl|child|infant|baby|toddler|teen|teenager|schoolboy|schoolgirl|minor|son|daughter)"
_HARMED = r"(?:raped|molested|groped|trafficked|sexually\s(?:assaulted|abused|harassed|exploited))"
_HARMING = r"(?:raping|molesting|groping|trafficking|sexually\s(?:assaulting|abusing|harassing|exploiting))"
_BE = r"(?:was|were|is|had\sbeen|has\sbeen|have\sbeen|being)"
_WORDS = r"(?:\s(?!by\b|in\b|at\b|on\b|when\b|after\b|against\b|and\b|as\b)[a-z’'-]+){0,3}\s"
_PROTECTED = tuple(
    re.compile(form)
    for form in (
        rf"{_NAME},\s(?:aged\s|age\s)?{_AGE}(?=[,.;)]|\s(?:and|was|were|who|died|from|of)\b)",  # “Ola Brandt, 12, died”
        rf"{_AGE}[-\s](?:year|month)s?[-\s]old{_WORDS}{_NAME}",  # “12-year-old Ola Brandt”
        rf"\b{_CHILD}s?,?\s(?:named\s|called\s|identified\sas\s){_NAME}",
        rf"\b(?:{_HARMED}|{_HARMING}){_WORDS}{_NAME}",  # “raped his pupil Ola Brandt”
        rf"{_NAME}(?:,[^,.]{{1,60}},)?\s{_BE}\s(?:\w+\s){{0,2}}{_HARMED}",
        rf"{_NAME},?\s(?:who\s)?(?:says?|said|told\s[^.]{{1,40}}?|alleges?|alleged|testified)\s(?:that\s)?"
        rf"(?:he|she|they)\s{_BE}\s(?:\w+\s){{0,2}}{_HARMED}",
        rf"\b(?:[Vv]ictim|[Ss]urvivor)s?,?\s(?:named\s|identified\sas\s)?{_NAME}(?=[^.]*\b(?:rap\w+|sexual\w*|molest\w*)\b)",
        rf"\b(?:[Rr]ape|[Ss]exual\s(?:assault|abuse|violence))\s(?:victim|survivor)s?,?\s(?:named\s)?{_NAME}",
    )
)


def names_the_protected(text: str) -> bool:
    """Tell whether a sentence names a child to whom something happened, or a victim of sexual violence.

    >>> names_the_protected("Ola Brandt, 12, was pulled from the river on Monday.")
    True
    >>> names_the_protected("A girl of 12 was pulled from the river on Monday, the mayor, Ola Brandt, said.")
    False
    """
    return any(form.search(text) for form in _PROTECTED)
