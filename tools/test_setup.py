"""Install what the tests need beside Python: Debian's chromium, LibreOffice Calc, PostgreSQL.

Where apt may not be used, says exactly what to install; the tests that need it are then reported as
skipped, which is a failure where ``CI=true`` (tests/needs.py).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.needs import NEEDS


def main() -> None:
    """Install the missing packages through apt where this user may."""
    packages = [need.package for need in NEEDS.values() if need.find() is None]
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        print("installing", " ".join(packages), flush=True)
        subprocess.run(["apt-get", "update", "--quiet"], check=False, env=environment, stdout=subprocess.DEVNULL)
        subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    missing = [need.package for need in NEEDS.values() if need.find() is None]
    if missing:
        print(
            f"To run every test, install these as root, then run this again:\n    apt-get install {' '.join(missing)}"
        )


if __name__ == "__main__":
    main()
