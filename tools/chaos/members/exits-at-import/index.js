// Ends its process when it is imported.
process.exit(0);
