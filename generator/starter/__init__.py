"""A school of its own: a repository that holds only data, pinned to one version of this program, and later upgrades of it."""
