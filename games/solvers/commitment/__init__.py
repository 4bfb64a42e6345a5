"""Who moves first and is seen to: the value of being able to commit."""
