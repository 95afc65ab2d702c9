"""The same pages for Hugo: our templates turned into Go templates, and the records of each page as data for them."""
