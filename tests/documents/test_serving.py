"""A stored file is only ever a download."""

import io
from urllib.parse import quote

from flask import Flask

from rfp.documents.serving import attachment
from rfp.documents.storage import store


def test_a_file_is_an_attachment_that_no_page_may_run_and_no_cache_keep(app: Flask) -> None:
    with app.test_request_context("/"):
        sha256, _size = store(io.BytesIO(b"<script>alert(1)</script>"))

        answer = attachment(sha256=sha256, name="Présentation “2027”.pdf", media_type="application/pdf")

        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment;")
        assert f"filename*=UTF-8''{quote('Présentation “2027”.pdf')}" in disposition
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.mimetype == "application/pdf"
        answer.direct_passthrough = False
        assert answer.get_data() == b"<script>alert(1)</script>"
        answer.close()
