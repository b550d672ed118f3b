"""The profiles by name."""

from __future__ import annotations

from dateline.exports.profiles import acled, cameo, plover
from dateline.exports.profiles.common import Profile

PROFILES: dict[str, dict[str, Profile]] = {  # name → what → profile
    "plover": {"events": Profile(plover.COLUMNS, plover.rows)},
    "acled": {"events": Profile(acled.COLUMNS, acled.rows)},
    "cameo": {
        "events": Profile(cameo.EVENT_COLUMNS, cameo.event_rows),
        "mentions": Profile(cameo.MENTION_COLUMNS, cameo.mention_rows),
    },
}
