"""Benchmarks: what is measured side by side, and the schools and files that it is measured on."""
