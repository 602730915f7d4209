import { configureGlobal } from 'fast-check'

/**
 * Properties are tried on the same cases in every run, so that a tree that passed once passes again. Other cases are looked
 * for with `PROPERTY_SEED=1 npm test`, with any whole number.
 */
configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_126) })
