"""The world outside: files, folders, archives and feeds to raw documents.

Besides alerts this is the only ring that may use the network. What a document says is not read
here; `flows.text.clean` does that.
"""

from flows.sources.items import InputItem, expand_inputs, fingerprint, require_inputs
from flows.sources.limits import ReadLimits
from flows.sources.read import read_item

__all__ = ["InputItem", "ReadLimits", "expand_inputs", "fingerprint", "read_item", "require_inputs"]
