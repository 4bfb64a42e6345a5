"""When is an outcome played? Its exact condition over all payoffs, proved both ways."""

from analyses.when.asking import When, when

__all__ = ["When", "when"]
