"""The only writer of what lasts: follows the frame ring, finds sessions, commits, announces."""
