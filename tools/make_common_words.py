"""Make the lists of common words and how often they occur (src/dateline/lexicon/data/common_words*.tsv).

    python tools/make_common_words.py FOLDER

FOLDER holds the data of the package wordfreq 3.1.1 (`pip download wordfreq==3.1.1 --no-deps`, unpacked: wordfreq/data);
msgpack must be installed to read them. Only the rough frequency of each word is taken: which of eight bands it is in, of
six in other languages than English.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgpack

DATA = Path(__file__).resolve().parents[1] / "src/dateline/lexicon/data"
BANDS = (3000, 1500, 700, 350, 150, 70, 30, 12)  # times in a million words, at least
OTHERS = (3000, 1500, 700, 350, 150, 70)
LANGUAGES = "ar cs de el es fa fr he hi id it ja ko nl pl pt ro ru sv tr uk ur vi zh".split()
SOURCE = """\
# Source: frequencies of the package wordfreq 3.1.1 by Robyn Speer (10.5281/zenodo.7199437; data CC BY-SA 4.0), put into
# bands by tools/make_common_words.py; this list is under CC BY-SA 4.0.
"""
ENGLISH = "# Common English words by how often they occur: times in a million words (at least), a tab, the words in alphabetical order.\n"
ABROAD = "# The same of other languages: the language, times in a million words (at least), the words in the order of their letters.\n"


def main() -> None:
    """Read the frequencies and write the bands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    plain = [(often, [w for w in words if w.isascii() and len(w) > 1]) for often, words in banded(folder, "en", BANDS)]
    lines = [f"{often}\t{' '.join(words)}\n" for often, words in plain]
    (DATA / "common_words.tsv").write_text(ENGLISH + SOURCE + "".join(lines), encoding="utf-8")
    lines = [
        f"{language}\t{often}\t{' '.join(words)}\n"
        for language in LANGUAGES
        for often, words in banded(folder, language, OTHERS)
    ]
    (DATA / "common_words_abroad.tsv").write_text(ABROAD + SOURCE + "".join(lines), encoding="utf-8")


def banded(folder: Path, language: str, bands: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield each band with its words in order."""
    # The words of each hundredth of a power of ten: list number n holds those with frequency 10 ** (-n / 100).
    with gzip.open(folder / f"small_{language}.msgpack.gz") as packed:
        _, *lists = msgpack.load(packed, raw=False)
    found: dict[int, list[str]] = {band: [] for band in bands}
    for number, words in enumerate(lists):
        often = 1e6 * 10 ** (-number / 100)
        band = next((band for band in bands if often >= band), None)
        if band is not None:
            found[band] += [word for word in words if word.isalpha()]
    for often, words in found.items():
        yield often, sorted(words)


if __name__ == "__main__":
    main()
