"""Settled articles written by hand: what `settle` would give for some paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows.stages.parts import digest, to_frame, write_folder
from flows.stages.schemas import BLOCKS, REJECTED, SETTLED

BREAK = "\n\n"


def write_settled(
    folder: Path, articles: Mapping[str, Sequence[str]], days: Mapping[str, date | None] | None = None
) -> Path:
    """A settled folder; `articles` has their paragraphs, `days` the day of those that have one."""
    rows = [_article(name, BREAK.join(texts), (days or {}).get(name)) for name, texts in articles.items()]
    blocks = [block for row in rows for block in _blocks(row, articles[row["article_id"]])]
    target = folder / digest(*(row["text_id"] for row in rows))
    target.parent.mkdir(parents=True, exist_ok=True)
    frames = {
        "articles": (to_frame(rows, SETTLED), SETTLED),
        "blocks": (to_frame(blocks, BLOCKS), BLOCKS),
        "rejected": (to_frame([], REJECTED), REJECTED),
    }
    return write_folder(frames, target)


def _article(name: str, text: str, day: date | None) -> dict[str, Any]:
    text_id = digest(name, text, str(day))
    known = {"article_id": name, "document_id": f"{name}-{text_id}", "text_id": text_id, "text": text}
    told_of = {"title": name, "outlet": f"{name}.example", "authors": [], "agencies": [], "language": "en"}
    settled = {
        "revision": 1,
        "is_latest": True,
        "published_on": day,
        "date_basis": "declared" if day else None,
    }
    return {**dict.fromkeys(SETTLED), **known, **told_of, **settled}


def _blocks(row: dict[str, Any], texts: Sequence[str]) -> list[dict[str, Any]]:
    start, blocks = 0, []
    for number, text in enumerate(texts):
        span = {"char_start": start, "char_end": start + len(text), "raw_start": start, "raw_end": start}
        place = {"document_id": row["document_id"], "paragraph_no": number}
        blocks.append({**place, "role": "body", "text": text, **span})
        start += len(text) + len(BREAK)
    return blocks
