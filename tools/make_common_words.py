"""Make the list of common words and how often they occur (src/dateline/lexicon/data/common_words.tsv).

    python tools/make_common_words.py FOLDER [--out FILE]

FOLDER holds the data of the package wordfreq 3.1.1 (`pip download wordfreq==3.1.1 --no-deps`, unpacked: wordfreq/data);
msgpack must be installed to read them. Only the rough frequency of each word is taken: which of eight bands it is in.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import msgpack

OUT = Path(__file__).resolve().parents[1] / "src/dateline/lexicon/data/common_words.tsv"
BANDS = (3000, 1500, 700, 350, 150, 70, 30, 12)  # times in a million words, at least
HEAD = """\
# Common English words by how often they occur: times in a million words (at least), a tab, the words in alphabetical order.
# Source: frequencies of the package wordfreq 3.1.1 by Robyn Speer (10.5281/zenodo.7199437; data CC BY-SA 4.0), put into
# eight bands by tools/make_common_words.py; this list is under CC BY-SA 4.0.
"""


def main() -> None:
    """Read the frequencies and write the bands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    # The words of each hundredth of a power of ten: list number n holds those with frequency 10 ** (-n / 100).
    with gzip.open(args.folder / "small_en.msgpack.gz") as packed:
        _, *lists = msgpack.load(packed, raw=False)
    bands: dict[int, list[str]] = {band: [] for band in BANDS}
    for number, words in enumerate(lists):
        often = 1e6 * 10 ** (-number / 100)
        band = next((band for band in BANDS if often >= band), None)
        if band is not None:
            bands[band] += [word for word in words if word.isalpha() and word.isascii() and len(word) > 1]
    lines = [f"{band}\t{' '.join(sorted(words))}\n" for band, words in bands.items()]
    args.out.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
