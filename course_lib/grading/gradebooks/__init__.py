"""Writes grades where other programs keep them."""
