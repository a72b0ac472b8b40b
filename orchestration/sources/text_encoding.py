"""Which encoding a file really has: strict transcoding to UTF-8, and a name for the one that fits better."""

import codecs
from pathlib import Path

from orchestration.sources.rejection import FileRejectedError

SAMPLE = 1 << 20
CHUNK = 4 << 20
ENOUGH_CHARACTERS = 6
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENOUGH_SHARE = 0.5
# Korean first: its bytes are frequent Chinese characters too, but not the other way round.
CANDIDATES = ("cp949", "gb18030", "big5", "shift_jis")


def is_utf8(encoding: str) -> bool:
    """Whether a declared encoding is UTF-8 with or without a byte-order mark."""
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")


def refuse_other_encodings(path: Path, declared: str) -> None:
    """Raise FileRejectedError for UTF-16, and for UTF-8 declared as something else (it would be noise)."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith(UTF16_MARKS):
        raise FileRejectedError(
            f"is not {declared}: it starts with a UTF-16 byte-order mark; ask for {declared}"
        )
    if is_utf8(declared):
        return
    text = _decoded(sample, "utf-8")
    if text is not None and sum(not character.isascii() for character in text) >= ENOUGH_CHARACTERS:
        raise FileRejectedError(f"is not {declared}: it is utf-8")


def transcode(path: Path, encoding: str, target: Path) -> bool:
    """Write a file as UTF-8 without byte-order mark; false where a byte cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source, target.open("wb") as file:
            while chunk := source.read(CHUNK):
                text = decoder.decode(chunk)
                file.write((text if file.tell() else text.removeprefix("\ufeff")).encode())
            file.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError:
        return False
    return True


def fitting_encoding(path: Path, declared: str) -> str | None:
    """The encoding that a file which is not `declared` seems to have, judged by its first MiB, or None."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if _decoded(sample, "utf-8") is not None and not is_utf8(declared):
        return "utf-8"
    texts = {name: _decoded(sample, name) for name in CANDIDATES if name != declared}
    fitting = {
        name: _share_of_common_characters(text, name) for name, text in texts.items() if text is not None
    }
    best = max(fitting, key=lambda name: fitting[name], default=None)
    return (
        best
        if best is not None and fitting[best] > ENOUGH_SHARE
        else "latin-1"
        if declared != "iso8859-1"
        else None
    )


def _decoded(sample: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(sample, final=len(sample) < SAMPLE)
    except UnicodeDecodeError:
        return None


def _share_of_common_characters(text: str, encoding: str) -> float:
    """Share of the non-ASCII characters that are frequent in the encoding's own language."""
    characters = [character for character in text if not character.isascii()]
    if not characters:
        return 0.0
    return sum(_is_common(character, encoding) for character in characters) / len(characters)


def _is_common(character: str, encoding: str) -> bool:
    if character in "，。！？、；：“”（）":
        return True
    if encoding == "cp949":
        return "가" <= character <= "힣"
    if encoding == "shift_jis":
        return "\u3040" <= character <= "\u30ff"
    lead_bytes = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}[encoding]
    encoded = character.encode(encoding, "replace")
    return encoded[0] in range(lead_bytes[0], lead_bytes[1] + 1)
