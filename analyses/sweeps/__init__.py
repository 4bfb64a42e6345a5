"""What is played at many points of the parameters at once: at each of them the whole set of equilibria."""

from analyses.sweeps.shards.long_sweep import LongSweep, long_sweep
from analyses.sweeps.sweeping import Sweep, sweep

__all__ = ["LongSweep", "Sweep", "long_sweep", "sweep"]
