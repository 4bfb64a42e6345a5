"""Models of sanctions and retaliation."""
