"""Text reuse: exact runs of eight words or more that articles share, whatever their share."""

from flows.text.aggregate.reuse.find import Reuse, digest_texts, find_reuse, name_bodies
from flows.text.aggregate.reuse.index import IndexPart, ReuseIndex

__all__ = ["IndexPart", "Reuse", "ReuseIndex", "digest_texts", "find_reuse", "name_bodies"]
