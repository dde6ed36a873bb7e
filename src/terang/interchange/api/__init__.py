"""The API of Terang for programs that act for an employee: tokens with scopes, the same rules as the pages."""
