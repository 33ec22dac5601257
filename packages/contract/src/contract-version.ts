/** The number of this contract; a package whose marker names another one is refused before its code is loaded. */
export const CONTRACT_VERSION = 1;
