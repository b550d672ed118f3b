"""Events in the columns of POLECAT (`plover`), ACLED (`acled`) and GDELT (`cameo`): docs/reference/profiles.md."""

from dateline.exports.profiles.common import Profile, Sources
from dateline.exports.profiles.tables import PROFILES

__all__ = ["PROFILES", "Profile", "Sources"]
