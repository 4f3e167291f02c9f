"""Giving a stored file to somebody allowed to have it: always as an attachment, in a sandbox."""

from flask import Response, abort, send_file

from rfp.documents.storage import path_of


def send_stored(*, sha256: str, name: str) -> Response:
    """The bytes, under a name; 404 where they are not there."""
    path = path_of(sha256)
    if not path.is_file():
        abort(404)
    response = send_file(path, as_attachment=True, download_name=name, mimetype="application/octet-stream", etag=False)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
