"""The names that speakers' words stand for: full names, surnames and pronouns resolved to the full name before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.lexicon.words.speech import speech
from dateline.tags.attribution.speakers import is_day
from dateline.tags.attribution.units import Piece
from dateline.text.wordset import word_set

PRONOUNS = word_set(
    """
    he she
    """
)
_PARTICLES = word_set(
    """
    al bin ibn abu ould de del della di da dos van von der den la le el ben
    """
)
_NO_PERSON = word_set(
    """
    ministry council university united republic north south east west new army city states bank party court
    union nations house street company agency police force forces group front movement state islamic times post
    news press department office committee parliament association international national world central command
    guard service organisation organization
    """
)
_COMMON = word_set(
    """
    the a an in on at but and he she it they one two i we no
    """
)


@dataclass(slots=True)
class Names:
    """The people named so far."""

    by_surname: dict[str, str] = field(default_factory=dict)
    last: str | None = None  # whom “he” and “she” stand for

    def read(self, pieces: Sequence[Piece]) -> None:
        """Remember the full names of a unit."""
        run: list[Piece] = []
        for piece in pieces:
            if not piece.quote and (_capital(piece) or (run and piece.lower in _PARTICLES)):
                run.append(piece)
                continue
            self._take(run)
            run = []
        self._take(run)

    def _take(self, run: Sequence[Piece]) -> None:
        """Remember a run of capitalised words where it is a person's full name."""
        name = _strip(run)
        if name and len(name) >= 2 and not any(piece.lower in _NO_PERSON for piece in name):
            full = _join(name)
            self.by_surname[name[-1].lower] = full
            titled = len(name) < len(run)
            if titled or self.last is None:
                self.last = full

    def of(self, pieces: Sequence[Piece]) -> str | None:
        """Give the name that a speaker's words stand for; None where they name nobody."""
        if len(pieces) == 1 and pieces[0].lower in PRONOUNS:
            return self.last
        name = _strip(_tail(pieces))
        if not name or all(is_day(piece) for piece in name):
            return None
        if len(name) == 1 and name[0].lower in _NO_PERSON:
            return None  # “the Justice Department”, of which Justice is also a title: its words say it better
        if len(name) == 1:
            return self.by_surname.get(name[0].lower, _join(name))
        full = _join(name)
        if not any(piece.lower in _NO_PERSON for piece in name):
            self.last = full
            self.by_surname[name[-1].lower] = full
        return full


def _capital(piece: Piece) -> bool:
    """Tell whether a piece is a capitalised word."""
    return piece.text[0].isupper() and piece.text[0].isalpha()


def _tail(pieces: Sequence[Piece]) -> list[Piece]:
    """Give the capitalised words at the end of a speaker's words; those before “of” and “for” where they are a name."""
    out: list[Piece] = []
    for piece in reversed(pieces):
        if _capital(piece) or (out and piece.lower in _PARTICLES):
            out.append(piece)
        else:
            break
    out.reverse()
    while out and out[0].lower in _PARTICLES and not _capital(out[0]):
        out.pop(0)
    rest = pieces[: len(pieces) - len(out)]
    if any(piece.lower in ("of", "for", "in", "from", "at", "with", "by", "to") for piece in rest):
        return []
    return out


def _strip(run: Sequence[Piece]) -> list[Piece]:
    """Take titles and what stands before them off a name, and a leading common word."""
    titles = speech().titles
    name = list(run)
    for index in range(len(name) - 1, -1, -1):
        if name[index].lower in titles:
            name = name[index + 1 :]
            break
    while name and name[0].lower in _COMMON:
        name = name[1:]
    return name if name and _capital(name[-1]) else []


def _join(name: Sequence[Piece]) -> str:
    """Write a name, without a possessive."""
    shown = " ".join(piece.text for piece in name)
    return shown[:-2] if shown.endswith(("'s", "’s")) else shown
