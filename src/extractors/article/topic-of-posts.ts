import type { Comment } from '../comments/platform.ts'
import type { Article } from './article.ts'
import { comparable } from './comparable-text.ts'

/** By which rules a text is that of a forum's topic, which a reader wrote, not a newsroom. */
export const topicRules: readonly string[] = ['opening-post', 'posts']

export const isTopic = ({ rules }: { readonly rules: Pick<Article['rules'], 'body'> }): boolean =>
  topicRules.includes(rules.body)

/** A topic without what its writer gave it: of all that was read the title alone. It stays a topic, however it was read. */
export const titleAlone = (topic: Article): Article => ({
  ...topic,
  rules: isTopic(topic) ? topic.rules : { ...topic.rules, body: 'posts' },
  authors: [],
  tags: [],
  subtitle: null,
  excerpt: null,
  imageUrl: null,
  bodyText: '',
  bodyHtml: '',
})

/** Words that forums have in their addresses; newsrooms that have them say that their pages are articles. */
const forumAddress =
  /(?:^|[./_-])(?:forums?|boards?|threads?|topics?|community|discuss(?:ions?)?|talk|showtopic|viewtopic|showthread)(?=$|[./?_-])/i

/** Letters by which a post is known again, and how many posts must be for chance to be out of the question. */
const letters = 60
const fewestPosts = 2

/**
 * The same article, said to be of posts (`posts`) where most of the comments that were found on the page of a forum
 * stand in its text: the engine is not known, so nobody knows whose words these are.
 */
export function saidToBeOfPosts(article: Article, posts: readonly Comment[]): Article {
  const { hostname, pathname, search } = new URL(article.canonicalUrl)
  if (article.rules.body === 'layout') return article
  if (!forumAddress.test(`${hostname}${pathname}${search}`)) return article
  const text = comparable(article.bodyText)
  const starts = posts
    .map(({ bodyText }) => comparable(bodyText.slice(0, 4 * letters)).slice(0, letters))
    .filter((start) => start.length === letters)
  const held = starts.filter((start) => text.includes(start)).length
  const isOfPosts = held >= fewestPosts && held * 2 > starts.length
  return isOfPosts ? { ...article, rules: { ...article.rules, body: 'posts' } } : article
}
