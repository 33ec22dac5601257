// Loops for ever when it is imported.
for (;;);
