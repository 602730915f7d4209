import { expect, it } from 'vitest'
import { extractArticle } from '../../../src/extractors/article/extract-article.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { defineSite } from '../../../src/sites/site.ts'
