"""What a rule and a finding are, how rules are run, and the policy that they measure against."""
