"""How long a derivative takes, beside what others take: ``python -m benchmarks.speed``."""
