"""Finds what was handed in, and reads it."""
