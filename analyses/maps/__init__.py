"""Equilibria along one parameter and over two: exact intervals, curves and boundaries, pure and mixed alike."""

from analyses.maps.along import Along, Branch, Cut, Interval, along
from analyses.maps.cutting import Arc, Boundary, MapCell
from analyses.maps.plane import EquilibriumMap, map_over

__all__ = ["Along", "Arc", "Boundary", "Branch", "Cut", "EquilibriumMap", "Interval", "MapCell", "along", "map_over"]
