"""What players would choose together."""
