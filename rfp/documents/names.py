"""Names people give their files: shown, never used as a path."""

import re
import unicodedata


def clean_name(name: str, kind: str) -> str:
    """A name to show and to offer at download: no path, no control character, ending as its content says."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(c if c not in '<>:"|?*' and unicodedata.category(c)[0] != "C" else "_" for c in last).strip(" .")
    stem = visible.rsplit(".", 1)[0] if "." in visible else visible
    return f"{stem[:150] or 'document'}.{kind}"
