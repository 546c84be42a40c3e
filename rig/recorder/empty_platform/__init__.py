"""The empty platform: its zeros, and who steps onto it."""
