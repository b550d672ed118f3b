"""Events in the columns of other data sets: POLECAT (`plover`), ACLED (`acled`), GDELT (`cameo`). See docs/reference/profiles.md."""

from dateline.exports.profiles.common import Profile, Sources
from dateline.exports.profiles.tables import PROFILES

__all__ = ["PROFILES", "Profile", "Sources"]
