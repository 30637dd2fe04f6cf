"""What runs inside the sandbox, beside the answers: nothing in here is secret, and nothing outside believes it."""
