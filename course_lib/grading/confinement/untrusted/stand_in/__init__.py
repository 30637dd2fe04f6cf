"""What stands in the sandbox where the course's library stands elsewhere."""
