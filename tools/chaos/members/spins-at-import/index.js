// Loops forever when it is imported.
for (;;);
