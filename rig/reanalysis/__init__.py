"""Analysis of what was recorded: files and sessions in, the contract's JSON and signals out."""
