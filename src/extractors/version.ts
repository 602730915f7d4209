/** Kept with every stored version, so that what an older extractor read can be read again. */
export const EXTRACTOR_VERSION = '6'
