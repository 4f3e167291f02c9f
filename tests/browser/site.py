"""The application, served as people run it, with a clock the test can move and the mail it sends at hand."""

import re
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

LINK = re.compile(r"https?://\S+")


class Site:
    """An application on a free port of 127.0.0.1."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ahead = timedelta()
        self.server = create_server(app, host="127.0.0.1", port=0, threads=8, ident=None)
        self.address = f"http://127.0.0.1:{self.server.effective_port}"
        app.config.update(BASE_URL=self.address, CLOCK=lambda: self.now)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    @property
    def now(self) -> datetime:
        """The instant on the server's clock."""
        return datetime.now(UTC) + self.ahead

    def wait_until(self, instant: datetime) -> None:
        """Move the clock on to ``instant``."""
        self.ahead = instant - datetime.now(UTC)

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What was sent to an address, in order."""
        return [mail for mail in self.app.extensions["mail_outbox"] if mail["To"] == address]

    def link_mailed_to(self, address: str) -> str:
        """The link in the last message to an address."""
        found = LINK.search(self.mails_to(address)[-1].get_content())
        assert found, f"no link in the mail to {address}"
        return found[0]

    def close(self) -> None:
        """Stop listening. The loop ends by itself once nothing is left to watch."""
        self.server.trigger.pull_trigger(lambda: wasyncore.close_all(self.server._map))
        self.thread.join(timeout=10)
        self.server.task_dispatcher.shutdown()
