"""How many digits of a derivative are right: ``python -m benchmarks.accuracy``."""
