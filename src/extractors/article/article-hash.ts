import { contentHash } from '../../normalise/fingerprint.ts'
import type { Article } from './article.ts'

/** Over what makes another version of an article. */
export const articleHash = ({
  title,
  subtitle,
  bodyText,
}: Pick<Article, 'title' | 'subtitle' | 'bodyText'>): string => contentHash([title, subtitle, bodyText])
