"""The lists of parties are sound: codes, sectors and dates are valid, and no name stands for two parties without a rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from dateline.errors import InputError
from dateline.lexicon.named import actors as lexicon
from dateline.lexicon.named.actors import entries, index, roles, use_folder
from dateline.lexicon.named.countries import by_iso3, countries
from dateline.lexicon.named.gazetteer import gazetteer
from dateline.lexicon.named.names import key
from dateline.tags.actors import resolve
from dateline.tags.places import places


def _kind(entry):
    return entry.source.split(":")[0]


def test_there_are_as_many_as_promised():
    names = defaultdict(set)
    for entry in entries():
        names[_kind(entry)].add(entry.name)
    assert sum(map(len, names.values())) >= 1500
    assert len(names["actors_groups.tsv"]) >= 300
    assert len(names["actors_organisations.tsv"]) >= 150
    assert len([c for c in countries() if c.party == c.iso3]) >= 193


def test_every_state_has_people_and_a_seat():
    # City states have no seat beside themselves; “Congolese” is taken for the larger Congo.
    for country in countries():
        if (
            country.party == country.iso3
            and country.population > 1_000_000
            and country.iso3 not in ("HKG", "SGP", "ESH", "COG")
        ):
            assert country.demonyms, country.name
            assert country.seats, country.name


def test_dates_are_in_order():
    for entry in entries():
        if entry.from_ and entry.to:
            assert entry.from_ <= entry.to, entry


def test_no_name_means_two_parties_of_different_codes():
    # The rule: a name may recur for one party over time (same name), or where both readings give the same code; the
    # entry that holds on the day of the report wins.
    for name, held in index().names.items():
        if len({entry.name for entry in held}) > 1:
            assert len({entry.code for entry in held}) == 1, (name, held)


def test_terms_of_one_office_holder_do_not_overlap():
    terms = defaultdict(list)
    for entry in entries():
        if entry.person:
            terms[entry.name, entry.code].append((entry.from_ or "", entry.to or "9999"))
    for who, spans in terms.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end[: len(start)] <= start[: len(end)], who


def test_nouns_fold_to_themselves():
    for noun in roles():
        assert noun == " ".join(noun.split()) == key(noun) or "'" in noun


def test_codes_of_the_codebook_are_there():
    for code in ("PSE", "HKG", "VAT", "KOS", "ATA"):
        assert code in by_iso3()


@pytest.fixture
def folder(tmp_path):
    yield tmp_path
    lexicon._added.clear()
    index.cache_clear()
    gazetteer().forget_folder()


def test_a_desk_adds_parties_and_places(folder):
    (folder / "actors.tsv").write_text(
        "name\tcode\tsector\taliases\tfrom\tto\nMarundo Front\tCOD\tREB\tMarundo rebels|MFX\t2021\t\n", encoding="utf-8"
    )
    (folder / "places.tsv").write_text(
        "name\taliases\tkind\tcountry\tadmin1\tlat\tlon\tgeonames\nCamp Ostrander\tOstrander Base\tbase\tKEN\t\t1.5\t38.2\t\n",
        encoding="utf-8",
    )
    assert resolve("Marundo rebels") is None or resolve("Marundo rebels").code is None
    use_folder(folder)
    assert (resolve("Marundo rebels").code, resolve("Marundo rebels").name) == ("COD", "Marundo Front")
    (span,) = places("Three trucks arrived at Camp Ostrander on Monday.")
    assert (span.name, span.country, span.lat, span.precision) == ("Camp Ostrander", "KEN", 1.5, "site")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("X Front\tXXZ\tREB\t\t\t", "XXZ is no country"),
        ("X Front\tCOD\tREBEL\t\t\t", "no PLOVER sector"),
        ("X Front\tCOD\tREB\t\tlast year\t", "no date"),
        ("\tCOD\tREB\t\t\t", "name is missing"),
        ("X\tCOD\tREB\t\t\t\tmore", "columns"),
    ],
)
def test_a_wrong_line_is_named(folder, line, words):
    (folder / "actors.tsv").write_text("name\tcode\tsector\taliases\tfrom\tto\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"line 2: .*{words}"):
        use_folder(folder)
