"""What a change of the data does, for people: what is otherwise than what was published, in words, as text, Markdown or HTML."""
