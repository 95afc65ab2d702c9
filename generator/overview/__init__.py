"""Pages about the whole school: home, findings and rules, changes, data, about."""
