"""Torture of publishing: faults at every system call that writes, kills, crowds, full disks, cut power.

``make torture`` runs all of it; ``tests/torture/test_torture.py`` runs a short version.
"""
