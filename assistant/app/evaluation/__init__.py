"""`assistant eval`: a table in the terminal, a report as data, and a page that needs nothing but a browser."""
