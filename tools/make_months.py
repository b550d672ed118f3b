#!/usr/bin/env python3
"""Write lexicon/data/months.tsv: month names in news languages, from CLDR through Babel, with our own additions.

python tools/make_months.py > src/dateline/lexicon/data/months.tsv
"""

from __future__ import annotations

import unicodedata

from babel.dates import get_month_names

LOCALES = [
    "en",
    "es",
    "pt",
    "fr",
    "de",
    "it",
    "nl",
    "sv",
    "nb",
    "da",
    "fi",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "sr_Latn",
    "bs",
    "ro",
    "hu",
    "bg",
    "mk",
    "ru",
    "uk",
    "be",
    "el",
    "tr",
    "az",
    "kk",
    "uz",
    "ca",
    "eu",
    "gl",
    "et",
    "lv",
    "lt",
    "id",
    "ms",
    "vi",
    "fil",
    "sw",
    "af",
    "sq",
    "is",
    "ga",
    "cy",
    "hy",
    "ka",
    "he",
    "ar",
    "ar_DZ",
    "ar_MA",
    "ar_SY",
    "ar_IQ",
    "ar_TN",
    "fa",
    "ps",
    "ur",
    "hi",
    "bn",
    "mr",
    "gu",
    "ta",
    "te",
    "kn",
    "ml",
    "pa",
    "ne",
    "si",
    "th",
    "km",
    "lo",
    "my",
    "am",
]

# Spellings that newspapers use and CLDR lacks: (calendar, month number, names).
OURS = (
    ("gregorian", 9, "sept"),
    ("gregorian", 1, "gennaio ene janv jän jänner"),
    ("gregorian", 8, "août aout"),
    ("gregorian", 12, "déc"),
    ("jalali", 1, "فروردین"),
    ("jalali", 2, "اردیبهشت"),
    ("jalali", 3, "خرداد"),
    ("jalali", 4, "تیر"),
    ("jalali", 5, "مرداد امرداد"),
    ("jalali", 6, "شهریور"),
    ("jalali", 7, "مهر"),
    ("jalali", 8, "آبان"),
    ("jalali", 9, "آذر"),
    ("jalali", 10, "دی"),
    ("jalali", 11, "بهمن"),
    ("jalali", 12, "اسفند"),
    ("hijri", 1, "محرم"),
    ("hijri", 2, "صفر"),
    ("hijri", 9, "رمضان"),
    ("hijri", 10, "شوال"),
    ("hijri", 7, "رجب"),
    ("hijri", 8, "شعبان"),
    ("hebrew", 7, "תשרי"),
    ("hebrew", 8, "חשון מרחשון חשוון"),
    ("hebrew", 9, "כסלו"),
    ("hebrew", 10, "טבת"),
    ("hebrew", 11, "שבט"),
    ("hebrew", 12, "אדר"),
    ("hebrew", 1, "ניסן"),
    ("hebrew", 2, "אייר"),
    ("hebrew", 3, "סיון סיוון"),
    ("hebrew", 4, "תמוז"),
    ("hebrew", 5, "אב"),
    ("hebrew", 6, "אלול"),
)
HIJRI_TWO_WORDS = ((3, "ربيع الأول"), (4, "ربيع الآخر"), (4, "ربيع الثاني"), (5, "جمادى الأولى"), (6, "جمادى الآخرة"))
HIJRI_TWO_WORDS += ((11, "ذو القعدة"), (12, "ذو الحجة"), (11, "ذي القعدة"), (12, "ذي الحجة"))


def main() -> None:
    names: dict[str, tuple[str, int]] = {}
    clashes: set[str] = set()
    for locale in LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in get_month_names(width, context, locale).items():
                    key = unicodedata.normalize("NFC", name.casefold()).strip(" .")
                    if len(key) < 2 or any(c.isdigit() for c in key):
                        continue
                    if names.setdefault(key, ("gregorian", month)) != ("gregorian", month):
                        clashes.add(key)
    for key in clashes:  # one spelling, two months in two languages: no evidence
        names.pop(key)
    for calendar, month, words in OURS:
        for word in words.split():
            names.setdefault(word, (calendar, month))
    for month, phrase in HIJRI_TWO_WORDS:
        names[phrase] = ("hijri", month)
    print(
        "# Month names in lower case, their calendar and number. Made by tools/make_months.py from Unicode CLDR (through"
    )
    print("# Babel) and our own additions; a spelling that means two months in two languages is left out.")
    print("name\tcalendar\tmonth")
    for key in sorted(names):
        calendar, month = names[key]
        print(f"{key}\t{calendar}\t{month}")


if __name__ == "__main__":
    main()
