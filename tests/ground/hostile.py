"""What nobody means well who sends it, and what forgetful programs send."""

import io
import random
import string
from typing import Any

import html5lib

from tests.documents.samples import docx, pdf

VALUES = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202eevil\u202c",
    "🦄" * 300,
    "é" * 5000,
    "x" * 40_000,
    "\r\n\r\n",
    "a\r\nSet-Cookie: x=1",
    "-1",
    "0",
    "1e999",
    "NaN",
    "-Infinity",
    "9" * 400,
    "0.1" + "0" * 200 + "1",
    "1 234,50",
    "١٢٣",
    "2027-02-30",
    "2027-13-01T25:61",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2027-03-28T02:30",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "{{ 7 * 7 }}",
    "{% include 'x' %}",
    "%(name)s",
    "${jndi:ldap://x}",
    "=HYPERLINK(1)",
    "[a](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "true",
    "yes",
    "null",
    "[]",
    "owner",
    "z" * 16,
    "Europe/Paris",
    "../Europe/Paris",
    "//elsewhere.example",
    "\uffff\ufffe",
    "\u0085\u2028\u2029",
]
FILES: list[tuple[bytes, str]] = [
    (b"", "empty.pdf"),
    (b"\x00" * 100, "zeros.pdf"),
    (pdf(), "../../etc/passwd.pdf"),
    (pdf(), "a\x00b.pdf"),
    (pdf(), "é" * 400 + ".pdf"),
    (pdf(), "\u202efdp.exe"),
    (b"PK\x03\x04 broken", "broken.xlsx"),
    (b"PK\x05\x06" + b"\xff" * 18, "lies.docx"),
    (docx(), "fine.docx"),
    (b"<script>alert(1)</script>", "page.html"),
    (b"%PDF-1.4" + b"\xff" * 2000, ".pdf"),
    (pdf(), "CON.pdf"),
]
PARTS = [
    "%00",
    "..",
    "..%2f..%2fetc",
    "%ff%fe",
    "a" * 3000,
    "🦄",
    "%e2%80%ae",
    "0",
    "-1",
    "9" * 30,
    "null",
    "%0d%0a",
    "'",
]
QUERIES = ["page", "kind", "actor", "next", "propose", "then", "language", "q"]


def forms_of(page: str) -> list[tuple[str, dict[str, list[str]], bool]]:
    """The posting forms of a page: (address, names and values, whether files go with it)."""
    found = []
    for form in html5lib.parse(page, namespaceHTMLElements=False).iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        fields: dict[str, list[str]] = {}
        has_file = False
        for element in form.iter():
            name = element.get("name")
            if name and element.tag in ("input", "select", "textarea", "button"):
                has_file = has_file or element.get("type") == "file"
                fields.setdefault(name, []).append(element.get("value") or element.text or "")
        found.append((form.get("action") or "", fields, has_file))
    return found


def value(source: random.Random) -> str:
    """One hostile value, sometimes of noise."""
    if source.random() < 0.1:
        return "".join(source.choices(string.printable + "éœ’\u00a0\u202f€𝟛", k=source.randrange(60)))
    return source.choice(VALUES)


def changed(source: random.Random, fields: dict[str, list[str]], has_file: bool) -> dict[str, Any]:
    """A form as nobody fills it in: values replaced, fields missing, repeated or made up. The token stays."""
    sent: dict[str, Any] = {}
    for name, values in fields.items():
        chance = source.random()
        if name == "csrf_token" or chance < 0.3:
            sent[name] = values[0]
        elif chance < 0.8:
            sent[name] = value(source)
        elif chance < 0.9:
            sent[name] = [value(source) for _ in range(3)]
    if source.random() < 0.3:
        sent[source.choice(list(fields)) + source.choice(["-0-x", "-999-x", "[]", "\x00"])] = value(source)
    if has_file:
        content, filename = source.choice(FILES)
        sent["file"] = (io.BytesIO(content), filename)
    return sent
