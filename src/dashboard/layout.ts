import { html } from 'hono/html'
import { script, styleSheet } from './assets.ts'
import { href, type Markup } from './markup.ts'

export const themes = ['auto', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

const sections = [
  ['/', 'Sites'],
  ['/runs', 'Runs'],
  ['/coverage', 'Coverage'],
  ['/queue', 'Queue'],
  ['/failures', 'Failures'],
  ['/articles', 'Articles'],
  ['/comments', 'Comments'],
] as const

export interface Frame {
  readonly title: string
  readonly body: Markup
  readonly theme: Theme
  /** Address of the page itself, with its query. */
  readonly address: string
  readonly now: Date
}

/** The frame that all pages share. */
export function layout({ title, body, theme, address, now }: Frame): Markup {
  const section = `/${address.split(/[/?]/, 2)[1] ?? ''}`
  return html`<!DOCTYPE html>
    <html lang="en" data-theme="${theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · Commentariat</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${styleSheet.path}" />
        <script src="${script.path}" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <a class="brand" href="/">Commentariat</a>
          <nav aria-label="Sections">
            ${sections.map(([path, name]) => html`<a href="${path}" ${ownSection(section) === path ? html` aria-current="page"` : ''}>${name}</a>`)}
          </nav>
          <nav class="themes" aria-label="Colours">
            ${themes.map((name) => html`<a href="${href(`/theme/${name}`, { back: address })}" ${name === theme ? html` aria-current="true"` : ''}>${name}</a>`)}
          </nav>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        <footer>
          As of
          <time datetime="${now.toISOString()}">${now.toISOString().slice(0, 19).replace('T', ' ')} UTC</time
          >. All times are UTC.
        </footer>
      </body>
    </html>`
}

/** The section that a page belongs to. */
const ownSection = (section: string): string => ({ '/sites': '/', '/pages': '/failures' })[section] ?? section
