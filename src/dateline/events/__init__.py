"""What happened: sentences to mentions (`code`), mentions to events (`merge`). See docs/reference/codebook.md for
the types.
"""

from dateline.events.coding import code
from dateline.events.merge import merge

__all__ = ["code", "merge"]
