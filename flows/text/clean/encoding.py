"""Bytes to text: which encoding they are in, and mojibake mended.

Only decoding belongs here; what the text is made of does not. The order of attempts follows
what is hard to get by chance: a byte order mark, strict UTF-8, what the container or page
declares, damaged UTF-8, Western European, and last a statistical guess.
"""

from __future__ import annotations

import codecs
import re

from flows.text.errors import BinaryContentError, UndecodableError
from flows.text.types import MediaType

PAGE_HEAD_BYTES = 4096
"""How far into a page its own declaration is looked for; HTML asks for 1,024, many pages need more."""
GUESS_BYTES = 100_000
"""How much of the content the statistical guess reads: more does not change its answer, only its time."""
MAX_CONTROL_SHARE = 0.001
"""Share of control characters above which bytes are no text: stray form feeds and escapes stay below."""
MIN_INTACT_SHARE = 0.75
"""Share of non-ASCII sequences that must be valid for content to pass as damaged UTF-8."""
MAX_WESTERN_SHARE = 0.15
"""Share of non-ASCII bytes up to which Windows-1252 is taken: French has 4 %, Cyrillic or Greek 80 %."""
MIN_UTF16_ZERO_SHARE = 0.5
"""Share of zero bytes at even or at odd places that tells UTF-16 without a byte order mark."""
MAX_GUESS_CHAOS = 0.2
"""Share of implausible characters up to which a guess is believed (charset-normalizer's own default)."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read under these names (WHATWG Encoding, section 4.2), as the supersets are what pages use.
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
PAGE_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
SURROGATE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|([\x80-\xff])"
)
ASCII = bytes(range(128))
CONTROL_BYTES = bytes([*range(9), *range(14, 27), 28, 29, 30, 31, 127])
# The first two bytes of a UTF-8 sequence as Windows-1252 or Latin-1 shows them: "Ã©", "â€".
MOJIBAKE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)

# Lines, long ones cut at a blank: mending takes a second for a million characters, so only what needs it.
PIECE = re.compile(r"[^\n]{1,2000}(?:[ \t\n]|$)|[^\n]{1,2000}|\n")


def decode(content: bytes, declared: str | None = None, media_type: MediaType = "text/plain") -> str:
    """The text of `content`, without byte order mark, mojibake mended, line ends as they are.

    `declared` is what the container says (an HTTP header, say); an encoding nobody knows is
    passed over. Raises BinaryContentError where the bytes are no text, and UndecodableError
    where no encoding fits.
    """
    text = (
        _decode_marked(content)
        or _decode_utf16(content)
        or _decode_escaped(content, declared)
        or _try(content, "utf-8")
        or _decode_declared(content, declared, media_type)
        or _decode_damaged(content)
        or _decode_western(content)
        or _decode_guessed(content)
    )
    _check_is_text(text)
    return mend_mojibake(text)


def mend_mojibake(text: str) -> str:
    """`text` with UTF-8 that was read as Windows-1252 or Latin-1 put right ("CafÃ©" → "Café")."""
    if not MOJIBAKE.search(text):
        return text
    import ftfy

    pieces = PIECE.findall(text)
    return "".join(ftfy.fix_encoding(piece) if MOJIBAKE.search(piece) else piece for piece in pieces)


def _decode_marked(content: bytes) -> str | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    return None


def _decode_utf16(content: bytes) -> str | None:
    sample = content[:PAGE_HEAD_BYTES]
    places = max(1, len(sample) // 2)
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if zeros > 2 and zeros / places >= MIN_UTF16_ZERO_SHARE and others == 0:
            return content.decode(encoding, errors="replace")
    return None


def _decode_escaped(content: bytes, declared: str | None) -> str | None:
    """ISO-2022 is made of ASCII bytes only, so it must be asked for before UTF-8 takes it."""
    name = _codec_name(declared)
    return _try(content, name) if name and name.startswith("iso2022") else None


def _decode_declared(content: bytes, declared: str | None, media_type: MediaType) -> str | None:
    names = [_codec_name(declared)]
    if media_type == "text/html":
        found = PAGE_DECLARATION.search(content[:PAGE_HEAD_BYTES])
        names += [_codec_name((found[1] or found[2]).decode("ascii"))] if found else []
    # A declared UTF-16 or UTF-8 was tried by now, and UTF-16 decodes anything of even length.
    decoded = (_try(content, name) for name in names if name and not name.startswith("utf"))
    return next((text for text in decoded if text is not None), None)


def _decode_damaged(content: bytes) -> str | None:
    """UTF-8 with some broken bytes ("caf\\xc3" cut at the end, one Latin-1 insert)."""
    broken = [match[1] is not None for match in UTF8_SEQUENCE.finditer(content)]
    if broken.count(False) < MIN_INTACT_SHARE * len(broken):
        return None
    return content.decode("utf-8", errors="replace")


def _decode_western(content: bytes) -> str | None:
    share = len(content.translate(None, ASCII)) / max(1, len(content))
    return _try(content, "cp1252") if share <= MAX_WESTERN_SHARE else None


def _decode_guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:GUESS_BYTES]).best()
    if best is None or best.chaos > MAX_GUESS_CHAOS:
        # A picture or an archive holds control bytes everywhere; text in a rare encoding holds none.
        n_control = len(content) - len(content.translate(None, CONTROL_BYTES))
        kind = BinaryContentError if n_control > MAX_CONTROL_SHARE * len(content) else UndecodableError
        raise kind(f"no encoding fits the {len(content)} bytes; they begin with {content[:16]!r}")
    return content.decode(best.encoding, errors="replace")


def _codec_name(declared: str | None) -> str | None:
    """Python's name of the codec; None where nobody knows it or it is no text codec ("rot13", "zip")."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return SUPERSETS.get(name, name)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _check_is_text(text: str) -> None:
    zero = text.find("\0")
    if zero >= 0:
        raise BinaryContentError(f"a NUL stands at character {zero}, so this is no text")
    n_controls = sum(1 for _ in CONTROL.finditer(text))
    if n_controls > 1 and n_controls > MAX_CONTROL_SHARE * len(text):
        raise BinaryContentError(f"{n_controls} control characters among {len(text)} characters: no text")


def replace_surrogates(text: str) -> str:
    """`text` as UTF-8 can hold it, of the same length.

    Half a surrogate pair, which JSON ("\\ud800") and some encodings can hold, becomes U+FFFD.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return SURROGATE.sub("\ufffd", text)
    return text
