// Never returns from its import.
await new Promise(() => {});
