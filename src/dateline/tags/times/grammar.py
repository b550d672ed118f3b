"""The grammar of time expressions: regular expressions over the classes of `tokens`, one named group a rule.

Classes: < before, > after, M month, W weekday, w weekdays, U unit (quarter and century among them), Q quarter,
Z century, u units, S season, P part of the day, p parts, K clock time, k noon, c o'clock, D day number, Y year,
N number, O ordinal, E decade, a article, t the/its, L last, X next, H this, h that, F few, A ago, B earlier, C
later, m early/late/mid, g end/beginning, q half, e each, x times, b daily, ~ about, r or so, z time zone, d
today, R now/recently, v recent, G weekend, V weekends, f fiscal, s 's, o of, i in/on/at, & and/or, 2 to, 1
term/period, + more, ! old, n overnight, l holiday, | blank line, ; end of a sentence or clause.
"""

from __future__ import annotations

import re
from functools import cache

# A date with its day: “Tuesday, March 3, 2020”, “3 March”, “the third of March”.
_FULL = r"(?:X?W,?(?:it?)?)?(?:M(?:t?O|D)(?!-?[Uu])(?:,?Y(?!-?[Uu]))?|t?Oo?M(?:,?Y)?|DM(?:,?Y)?)"
_DAY = rf"(?:{_FULL}|W|d)"
_MOD = r"(?:[mBC]-?i?)"
_NUM = r"(?:[NDYF])"
_THIS = r"[LHXh]"
_HEDGE = r"(?:~t?)"

# No rule begins with these; saying so first spares most words of a text the trial of every rule.
_BEGINS = r"[^.;|,$%/'&()\-<>!2ois1cz]"

# In order of preference where two begin at the same word.
RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"I"),
    ("slash", r"J"),
    ("range_", r"M(?:D-D(?:,?Y)?(?!-?[Uu])|D-MD(?:,?Y)?)|D-DM(?:,?Y)?"),
    ("clock", rf"~?(?:[Kk]|[ND]c)z?(?:,z)?(?:,?i?{_DAY})?|{_DAY},?i?~?[Kk]z?"),
    ("overnight", rf"n(?:,?[i2]?{_DAY})?|{_DAY}n"),
    ("part", rf"{_MOD}?{_DAY}m?-?P|t[LX]P|{_MOD}?[tHLXh]m?-?P(?:[oi]?{_DAY})?|m-?P(?:[oi]?{_DAY})?|P[oi]{_DAY}"),
    ("often", r"e(?:W|U|M|S|P|G|[ND]u|OU)|ep|wp|Wp|w|V|b|[ND]?xaU|xe?U"),
    ("full", rf"~?{_MOD}?(?:t?go)?(?:t?m-?)?t?{_FULL}"),
    ("holiday", r"tl|[LXH]?l(?:,?o?Y|[LXH]U)?"),
    ("weekday", rf"(?:{_MOD}|t?{_THIS}|t?m)?W(?:[LXH](?:U)?)?|Wo?[LXH]U"),
    ("day", rf"{_MOD}?d"),
    ("quarter", rf"(?:{_MOD}|~)?(?:[tHLXh]|[HLX]Us)?[LX]?f?Y?f?-?O-?Q(?:of?Y|o[LXHth]f?U|of)?|t?YQ|t?Y1|aO-?Q"),
    ("halfyear", r"t?[OL]q(?:of?Y|o[tLXH]?f?U|ot?E)"),
    ("decade", r"(?:t?[LO]qo)?t?(?:m-?)?E"),
    ("month", rf"(?:t?go|{_MOD}|~|t?m-?|t?[XL]|H[LX]?|h)?M(?:,?o?Y(?!-?[Uu])|[LXH]U|[oi][LXHt]U)?"),
    ("season", rf"(?:t|t?{_THIS}L?|{_MOD}|tm)?S(?:o?Y|o[LHXt]U)?"),
    ("century", r"t?m?-?O-?Z"),
    ("yearend", r"~?t?(?:U-?g|Us-?g)Y?"),
    ("ago", rf"{_HEDGE}?(?:{_NUM}|a)-?(?:&aq)?\+?[Uu](?:&aq)?r?A|{_HEDGE}?uA|aU&?Nr?A"),
    ("yearago", r"[ta]?1?U-[AB](?:O-?U|[U1]|[ND]u)?"),
    ("shift", rf"{_HEDGE}?(?:{_NUM}|a)[Uu][BC<>]"),
    ("fiscal", r"t?[LHXY]?fY|t[LHX]?fU|f[UY]"),
    ("edge", rf"t?go(?:[tHLXh]U|Y)|{_MOD}it?[LX]?U|{_MOD}Y"),
    ("span", rf"(?:eo)?{_HEDGE}?t?(?:L|X|v|O|LL){_NUM}(?:2[ND])?(?:&aq|\+)*[Uu]r?"),
    ("vague", r"t?[LXv]u(?:&u)?"),
    ("relative", rf"(?:t?go|{_MOD})?t?{_THIS}f?[U1]r?"),
    ("weekend", r"t?[LXH]?G"),
    ("age", r"t?[NDa]-[Uu]-!|t?[ND]u!"),
    (
        "length",
        rf"{_HEDGE}?t?\+?(?:{_NUM}(?:2[ND])?|a\+?|qa|aqo?a?)\+?-?(?:&aq)?\+?[Uu](?:&aq)?(?:&{_NUM}u|&[ND](?!u))?r?",
    ),
    ("year", r"(?:tU)?Y|tUN"),
    ("bare", r"(?:tm?)?u(?:&u)?|t\+?U"),
    ("past", r"tL"),
    ("reference", r"R"),
    ("recent", r"[vH](?!u)"),
)


@cache
def grammar() -> re.Pattern[str]:
    """Compile the rules into one pattern whose `lastgroup` names the rule."""
    rules = "|".join(f"(?P<{name}>{_widen(rule)})" for name, rule in RULES)
    return re.compile(rf"(?={_BEGINS})(?:{rules})")


def _widen(rule: str) -> str:
    """Let U stand for the quarter and the century too, which have classes of their own."""
    out, inside = [], False
    for char in rule:
        inside = (inside or char == "[") and char != "]"
        out.append(("UQZ" if inside else "[UQZ]") if char == "U" else char)
    return "".join(out)
