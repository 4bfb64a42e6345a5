"""``python -m analyses`` is ``parley``."""

import sys

from analyses.cli import main

if __name__ == "__main__":
    sys.exit(main())
