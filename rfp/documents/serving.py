"""Sending a stored file to a browser: always as a download, never as a page."""

from flask import Response, send_file

from rfp.documents.storage import existing_path

SANDBOX = "sandbox; default-src 'none'"


def attachment(*, sha256: str, name: str, media_type: str) -> Response:
    """The file as an attachment named ``name``. No cache may keep it, no page may run it."""
    path = existing_path(sha256)
    response = send_file(
        path, mimetype=media_type, as_attachment=True, download_name=name, conditional=False, etag=False
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
