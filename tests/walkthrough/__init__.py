"""`docs/walkthrough.md` as a test: what stands in it is done, in order, and what it says was printed is compared."""
