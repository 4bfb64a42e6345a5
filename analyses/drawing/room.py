"""Room for labels on a map, such that none lies on another."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Label:
    """What is written at a point of the map; a letter ``stands_for`` something that the key says."""

    said: str
    x: float
    y: float
    of: Literal["cell", "small cell", "curve"]
    stands_for: str = ""


@dataclass(frozen=True)
class Room:
    """A map of so many inches over the ``ranges`` of two parameters, and the boxes that labels have ``taken`` of it."""

    span: float
    tall: float
    ranges: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    taken: list[tuple[float, float, float, float]]

    def takes(self, x: float, y: float, wide: float, tall: float) -> bool:
        """Takes a box around a point, if it is free and on the map."""
        (x_low, x_high), (y_low, y_high) = (tuple(map(float, ends)) for ends in self.ranges)
        a, b = (x - x_low) / (x_high - x_low) * self.span, (y - y_low) / (y_high - y_low) * self.tall
        box = (a - wide / 2, b - tall / 2, a + wide / 2, b + tall / 2)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.span and box[3] <= self.tall
        if not inside or any(_overlap(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        return True

    def fits(self, spot: tuple[float, float, float], tall: float) -> bool:
        """Whether a band is so many inches high there."""
        return (spot[2] - spot[1]) / float(self.ranges[1][1] - self.ranges[1][0]) * self.tall >= tall


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
