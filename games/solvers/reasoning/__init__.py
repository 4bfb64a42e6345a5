"""What players who reason about each other may play: dominance, rationalizability, levels."""
