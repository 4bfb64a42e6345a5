"""When is an outcome played? Its exact condition over all payoffs, proved both ways."""

from analyses.when.answer import When
from analyses.when.asking import narrower, outcomes, when

__all__ = ["When", "narrower", "outcomes", "when"]
