"""The profiles by name."""

from __future__ import annotations

from dateline.exports.profiles.acled import ACLED
from dateline.exports.profiles.cameo import EVENTS, MENTIONS
from dateline.exports.profiles.common import Profile
from dateline.exports.profiles.plover import POLECAT

PROFILES: dict[str, dict[str, Profile]] = {  # name → what → profile
    "plover": {"events": POLECAT},
    "acled": {"events": ACLED},
    "cameo": {"events": EVENTS, "mentions": MENTIONS},
}
