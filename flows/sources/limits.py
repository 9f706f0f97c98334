"""How much of an input is read, so that bad input costs bounded time and memory."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits of one input."""

    document_bytes: int = 50 * MEBIBYTE
    """Bytes of one document or record, unpacked; the largest news page seen in the wild has 12 MB."""
    pack_ratio: int = 250
    """Bytes unpacked for each packed one; news text reaches 3 to 20, a zip bomb 1,000 and more."""
    pack_floor: int = 8 * MEBIBYTE
    """Bytes unpacked before the ratio counts: small files may be very regular."""
    archive_members: int = 1_000_000


DEFAULT_LIMITS = ReadLimits()
