"""Engines that are no solution concepts: pivoting, subdivision, continua, supports, the sequence form."""
