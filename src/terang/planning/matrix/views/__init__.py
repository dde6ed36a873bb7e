"""Pages of the matrix: the table, its columns, its people, its cells, and what a member sees of it."""
