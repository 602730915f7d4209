const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi
const dataAttribute = /\sdata-[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/gi

/** The page without any `data-*` attribute: what a theme of its own would leave out first. */
export function withoutData(html: string): string {
  return html.replace(tag, (start) => start.replace(dataAttribute, ''))
}
