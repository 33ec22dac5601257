// Throws when it is imported.
throw new Error('this module throws');
