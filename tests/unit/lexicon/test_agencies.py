"""The list of agencies, and those that a desk adds for itself alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import sample
from dateline.articles import read
from dateline.desk.passes import prepare
from dateline.errors import InputError
from dateline.lexicon.outlets.agencies import agencies, agency, use_folder
from dateline.model import Page

_WIRE = '{ name = "Marundo Wire", full = "Marundo Wire Service", country = "COD", domains = ["marundo.example"], forms = ["MWS"] }'
_PAGE = """<html><head><title>Ferry sinks</title></head><body><article><h1>Ferry sinks</h1>
<p>KASUKU (MWS) - A ferry sank on Lake Ondo on Monday and nine people are missing, police said. Boats went out at dawn.</p>
<p>The owner said the ferry was new. The harbour master said it carried too many bags of maize.</p></article></body></html>"""


def test_the_list_is_sound() -> None:
    known = agencies()
    assert len(known) >= 60
    assert len({one.name for one in known}) == len(known)
    assert all(len(one.country) == 3 and one.full for one in known)
    assert agency("The Associated Press") == agency("AP") is not None and agency("nobody") is None


def test_a_desk_knows_its_own_agencies_and_no_other_desks(tmp_path: Path) -> None:
    own = tmp_path / "one" / "lexicon"
    own.mkdir(parents=True)
    (own / "agencies.toml").write_text(f"agency = [{_WIRE}]\n", encoding="utf-8")
    try:
        prepare(tmp_path / "one")
        made = read(Page("p1", html=_PAGE))
        assert getattr(made, "agency", None) == ("Marundo Wire",)
        prepare(tmp_path / "two")
        assert agency("MWS") is None
        assert getattr(read(Page("p1", html=_PAGE)), "agency", None) != ("Marundo Wire",)
    finally:
        use_folder(tmp_path)


def test_the_samples_agency_is_its_own() -> None:
    try:
        assert agency("Meridian News Agency") is None
        use_folder(sample.LEXICON)
        assert agency("Meridian News Agency") is not None
    finally:
        use_folder(Path("nowhere"))


def test_a_wrong_list_is_said(tmp_path: Path) -> None:
    (tmp_path / "agencies.toml").write_text("agency = 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no list of agencies"):
        use_folder(tmp_path)
