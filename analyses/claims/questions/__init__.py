"""What is asked of a claim beyond the verdict: how far it reaches, what overturns it, what it hangs on."""
