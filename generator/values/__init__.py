"""What a cell may hold: money, dates, codes, text and choices, each with its refusals."""
