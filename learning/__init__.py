"""Learn the likeness of texts (`domain/understand/likeness.py`) from labelled replies."""
