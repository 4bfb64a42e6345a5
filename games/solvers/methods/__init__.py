"""Engines that are no solution concepts: pivoting, multilinear systems, supports, the sequence form."""
