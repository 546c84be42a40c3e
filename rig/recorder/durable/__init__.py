"""What must not be lost: jobs of the storing thread, and what is announced after them."""
