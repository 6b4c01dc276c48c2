"""What the program costs and how it compares; see README.md in this folder."""
