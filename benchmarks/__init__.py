"""Measured side by side with what a course usually does: ``python -m benchmarks``."""
