"""What a recorder that was started again finds on disk."""
