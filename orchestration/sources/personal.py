"""Personal data while reading: direct identifiers become keyed pseudonyms, free text is masked."""

import hashlib
import hmac

import duckdb

BLOCK = 64
PSEUDONYM_DIGITS = 32

# (pattern, replacement) in RE2 syntax, applied in this order. \b is an ASCII word boundary: it also stands
# between a Chinese character and a digit.
MASKS: tuple[tuple[str, str], ...] = (
    (r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}", "[email]"),
    # Resident identity number of China: region, date of birth, sequence, check digit.
    (r"\b[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]\b", "[id]"),
    # Brazilian CPF.
    (r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b", "[id]"),
    # Payment cards: 15 to 19 digits, or groups of four.
    (r"\b[3-6]\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?\b", "[card]"),
    (r"\b3[47]\d{2}[ -]\d{6}[ -]\d{5}\b", "[card]"),
    (r"\b[3-6]\d{14,18}\b", "[card]"),
    # Chinese mobile numbers, with or without country code, also glued to a word.
    (
        r"(^|[^0-9])(?:(?:\+?86|0086)[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?:\b|([A-Za-z_]))",
        r"\1[phone]\2",
    ),
    (r"\b0\d{2,3}-\d{7,8}\b", "[phone]"),
    (r"\+[1-9]\d{0,2}(?:[ -]?\(?\d{1,4}\)?){2,6}\b", "[phone]"),
    # North America, Brazil, ten-digit mobiles of India.
    (r"\(\d{2,3}\)[ -]?9?\d{3,4}-\d{4}\b", "[phone]"),
    (r"\b[2-9]\d{2}[.-]\d{3}[.-]\d{4}\b", "[phone]"),
    (r"\b[6-9]\d{9}\b", "[phone]"),
    (r"(我叫|我的名字是|我的名字叫|姓名[::是])\s*[\p{Han}·]{2,4}", r"\1[name]"),
    (r"((?i:my name is|meu nome é)\s+)[\p{L}'.-]+(?: \p{Lu}[\p{L}'.-]*){0,2}", r"\1[name]"),
)
# A cheap test that nearly all comments fail: only what passes goes through the masks.
MAY_BE_PERSONAL = r"@|\d{3}|我叫|我的名字|姓名|(?i:my name is|meu nome)"


def key_fingerprint(key: bytes) -> str:
    """What the manifest says of the key: 16 hex digits from which the key cannot be had."""
    return hmac.new(key, b"fingerprint of the pseudonym key", hashlib.sha256).hexdigest()[:16]


def pseudonym(value: str, key: bytes) -> str:
    """The pseudonym of one value: the first 32 hex digits of HMAC-SHA256, as `pseudonym_sql` computes it."""
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:PSEUDONYM_DIGITS]


def install_key(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give the connection the two padded keys of HMAC (RFC 2104), as values and never as SQL text."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    pads = [bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C)]
    for name, pad in zip(("inner_pad", "outer_pad"), pads, strict=True):
        connection.execute(f"set variable {name} = ?::blob", [pad])


def pseudonym_sql(value: str) -> str:
    """SQL for the pseudonym of a text expression; null stays null."""
    inner = f"sha256(getvariable('inner_pad') || encode({value}))"
    return f"left(sha256(getvariable('outer_pad') || unhex({inner})), {PSEUDONYM_DIGITS})"


def masked_sql(value: str) -> str:
    """SQL for a text expression without e-mail addresses, phone, card and id numbers, and stated names."""
    masked = value
    for pattern, replacement in MASKS:
        masked = f"regexp_replace({masked}, {_literal(pattern)}, {_literal(replacement)}, 'g')"
    return f"case when regexp_matches({value}, {_literal(MAY_BE_PERSONAL)}) then {masked} else {value} end"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
