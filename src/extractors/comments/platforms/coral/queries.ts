const pageSize = 100

/** What is asked of every comment; each name is one of the project's schema. */
const fields = `
  id body createdAt status deleted replyCount
  author { id username badges }
  parent { id }
  editing { edited }
  actionCounts { reaction { total } }
  tags { code }`

const repliesField = (isFlat: boolean, after: string): string =>
  `replies(first: ${pageSize}${after}, orderBy: CREATED_AT_ASC${isFlat ? ', flatten: true' : ''}) {
    edges { node { ${fields} } }
    pageInfo { hasNextPage endCursor }
  }`

/** A page of a story's roots, each with its first replies; by `$id` or by `$url`. */
export function oneStory(isFlat: boolean): string {
  return `query ($id: ID, $url: String, $after: Cursor) {
  story(id: $id, url: $url) {
    isClosed
    commentCounts { totalPublished }
    comments(first: ${pageSize}, after: $after, orderBy: CREATED_AT_ASC) {
      edges { node { ${fields} ${repliesField(isFlat, '')} } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`
}

/** A page of the replies to one comment. */
export function replies(isFlat: boolean): string {
  return `query ($id: ID!, $after: Cursor) {
  comment(id: $id) { ${repliesField(isFlat, ', after: $after')} }
}`
}
