"""The pages of the documentation: those that are written, and those that the program's own parts say of themselves."""
