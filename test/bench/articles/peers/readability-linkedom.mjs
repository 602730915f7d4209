import { parseHTML } from 'linkedom'
import { readDocument } from './readability.mjs'

export const extract = (html) => readDocument(parseHTML(html).document)
