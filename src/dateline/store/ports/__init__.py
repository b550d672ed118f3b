"""What the site, the exports and the commands may ask of a store (Reader), and what the desk writes (Store)."""

from dateline.store.ports.reader import Order, Reader
from dateline.store.ports.store import Conflict, Evicted, Store, Waiting

__all__ = ["Conflict", "Evicted", "Order", "Reader", "Store", "Waiting"]
