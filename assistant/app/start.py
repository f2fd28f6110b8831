"""Where the program starts: Ctrl+C is answered from the first moment, also while the rest is being loaded."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT  # what a shell shows for a program that was ended by Ctrl+C


def main() -> NoReturn:
    """Load the command line and run it."""
    answered = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so for a job in the background
    if answered:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is open yet, so it may end at once and quietly
    from assistant.app.cli import main as run

    try:
        if answered:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
