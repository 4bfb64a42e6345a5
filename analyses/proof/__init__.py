"""What inequalities allow: questions about polynomials and choices, answered exactly or not at all."""
