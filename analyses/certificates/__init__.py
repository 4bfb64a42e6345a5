"""Proofs that anyone can check: certificates, questions for a second solver, and the argument behind a verdict."""
