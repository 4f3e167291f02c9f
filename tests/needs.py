"""Programs some tests need. Missing ones skip those tests; with ``CI=true`` they fail instead."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Need:
    """A program, where it may be found, and Debian's package that brings it."""

    package: str
    names: tuple[str, ...]
    folders: str = ""

    def find(self) -> str | None:
        """The program's path, or None."""
        for name in self.names:
            if path := shutil.which(name):
                return path
        if self.folders:
            found = sorted(Path("/usr/lib").glob(self.folders))
            return str(found[-1]) if found else None
        return None


NEEDS = {
    "chromium": Need("chromium", ("chromium",)),
    "libreoffice": Need("libreoffice-calc", ("soffice", "libreoffice")),
    "postgresql": Need("postgresql", ("initdb",), "postgresql/*/bin/initdb"),
}


def need(name: str) -> str:
    """The path of a program; skips the test where it is missing, or fails it under CI."""
    found = NEEDS[name].find()
    if found is None:
        message = f"{NEEDS[name].package} is not installed: apt-get install {NEEDS[name].package}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found
