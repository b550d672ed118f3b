"""What happened: sentences to mentions (`code`), mentions to events (`merge`), and why one changed
(`reasons`). See docs/reference/codebook.md for
the types.
"""

from dateline.events.coding import code
from dateline.events.merge import merge
from dateline.events.revisions import reasons, taken_in

__all__ = ["code", "merge", "reasons", "taken_in"]
