"""The scorer of a link: a logistic function of named features, with coefficients fitted by tools/fit_linker.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from dateline.errors import InputError
from dateline.stories.linking.features import NAMES, Matrix

# Between two languages: what both name must weigh up what differs.
ACROSS = {"names": 1.0, "lead_names": 1.0, "places": 1.0, "numbers": 0.5, "days_apart": -1.0, "elsewhere": -1.0}
ACROSS_BAR = 0.9
ACROSS_SCALE = 4.0
# The cosine of an encoder's vectors instead, where there are such: set by hand on the sample desk, where the nearest of
# two things has .845; "likely" begins at .855.
MEANING_BAR = 0.855
MEANING_SCALE = 150.0
_ACROSS = [NAMES.index(name) for name in ACROSS]


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Coefficients by feature name, the threshold of a link, and how much the best member counts beside the mean."""

    intercept: float
    coefficients: tuple[float, ...]  # in the order of features.NAMES
    threshold: float
    best_share: float  # of a story's score that comes from its best links; the rest is the mean over all
    best_share_undated: float  # the same for articles without a date, whose stories may reach over any time

    @classmethod
    def load(cls, path: Path | str | None = None) -> LinkModel:
        """Read a model file, or the shipped one; raises InputError where it cannot be read or lacks a feature."""
        if path is None:
            return _shipped()
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"the model {path} cannot be read: {error}; give a file made by tools/fit_linker.py"
            ) from None
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, where: str) -> LinkModel:
        """Read a model from its JSON text; `where` names it in errors."""
        try:
            raw = json.loads(text)
            named = {str(name): float(value) for name, value in raw["coefficients"].items()}
            model = cls(
                float(raw["intercept"]),
                tuple(named[name] for name in NAMES),
                float(raw["threshold"]),
                float(raw["best_share"]),
                float(raw["best_share_undated"]),
            )
        except KeyError as lacks:
            raise InputError(f"the model {where} lacks {lacks}; fit it again with tools/fit_linker.py") from None
        except (ValueError, TypeError, AttributeError) as error:
            raise InputError(
                f"the model {where} is no link model: {error}; fit it again with tools/fit_linker.py"
            ) from None
        return model

    def dump(self) -> str:
        """Write the model as JSON text."""
        body = {
            "made_by": "tools/fit_linker.py",
            "intercept": self.intercept,
            "threshold": self.threshold,
            "best_share": self.best_share,
            "best_share_undated": self.best_share_undated,
            "coefficients": dict(zip(NAMES, self.coefficients, strict=True)),
        }
        return json.dumps(body, indent=2) + "\n"

    def strength(self, undated: bool) -> Callable[[float, float], float]:
        """Give how strongly an article belongs to a story, by the mean of its links and the mean of the best."""
        share = self.best_share_undated if undated else self.best_share
        return lambda mean, best: share * best + (1.0 - share) * mean

    def probability(self, rows: Matrix, foreign: Sequence[float | None] | None = None) -> Matrix:
        """Give the probability that two articles tell the same story, for rows of features; rounded to 6 places.

        `foreign` marks the rows of two languages by the cosine of an encoder's vectors, NaN where there are none; it is
        None for all others. Words say nothing there, so that the cosine alone is asked, or else only names, places and
        numbers that both have, by weights set by hand and strictly.
        """
        logit = rows @ np.array(self.coefficients) + self.intercept
        if foreign is not None and any(cosine is not None for cosine in foreign):
            named = ACROSS_SCALE * (rows[:, _ACROSS] @ np.array(list(ACROSS.values())) - ACROSS_BAR)
            cosine = np.array([np.nan if cosine is None else cosine for cosine in foreign])
            meant = np.where(np.isnan(cosine), named, MEANING_SCALE * (cosine - MEANING_BAR))
            logit = np.where([cosine is not None for cosine in foreign], meant, logit)
        return np.asarray(np.round(1.0 / (1.0 + np.exp(-np.clip(logit, -40, 40))), 6))


@cache
def _shipped() -> LinkModel:
    return LinkModel.parse((files("dateline.stories.linking") / "link.json").read_text(encoding="utf-8"), "link.json")
