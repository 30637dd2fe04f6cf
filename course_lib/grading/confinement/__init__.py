"""Where answers run, and how they are asked there."""
