"""Mail: composed in a request, sent after it has committed, by a thread of its own.

Sending apart keeps the time of an answer from telling whether an address has an account. Without
``SMTP_URL`` (smtp://user:password@host:587, smtps://…) messages are written to the console.
"""

import logging
import smtplib
import sys
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, g

log = logging.getLogger(__name__)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_after_commit(*, to: str, subject: str, body: str) -> None:
    """Queue a plain-text message for when this request has committed. Nothing is sent if it does not."""
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(body)
    g.setdefault("outgoing_mail", []).append(message)


def flush_mail() -> None:
    """Hand the request's messages to the sender."""
    outbox = current_app.extensions.get("mail_outbox")
    for message in g.pop("outgoing_mail", []):
        if outbox is not None:
            outbox.append(message)
        else:
            _sender.submit(_deliver, message, current_app.config["SMTP_URL"])


def _deliver(message: EmailMessage, url: str) -> None:
    if not url:
        sys.stdout.write(
            f"\n--- mail ---\nTo: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}---\n"
        )
        sys.stdout.flush()
        return
    try:
        _deliver_by_smtp(message, url)
    except (OSError, smtplib.SMTPException):
        log.exception("a message could not be sent")


def _deliver_by_smtp(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=20) as server:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def init_app(app: Flask) -> None:
    """Under test, messages are kept in ``app.extensions["mail_outbox"]`` instead of being sent."""
    if app.testing:
        app.extensions["mail_outbox"] = []
