"""The command line: one command a file, each with ``add``, which tells the argument parser of it.

Exit codes: 0; 1 where a verdict differs from what was expected, a certificate is not accepted or a profile is no
equilibrium; 2 with one line on standard error when what was asked for cannot be done; 130 if it was interrupted.
"""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        # What takes a moment to import is imported where Ctrl-C is expected.
        from analyses.cli.commands import run
    except KeyboardInterrupt:
        print("parley: interrupted", file=sys.stderr)
        return 130
    return run(arguments)
