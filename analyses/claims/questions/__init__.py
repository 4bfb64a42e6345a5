"""What is asked about a claim beyond its verdict."""
