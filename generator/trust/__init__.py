"""What a reader who does not trust the school can rely on: facts, the guard, the ledger and its verification."""
