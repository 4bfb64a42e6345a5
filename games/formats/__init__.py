"""Games in files and in other libraries: how each format is read, and how each is written."""
