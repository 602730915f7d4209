import { isTag } from 'domhandler'
import { anything, assert, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStateBody } from '../../../src/extractors/article/body/state-body.ts'
import { parseHtml } from '../../../src/extractors/page.ts'

const sentence =
  'The harbour office said on Monday that the ferry, which had been laid up since the autumn, would sail again.'
const other =
  'Subscribers read every morning what the town has talked about until late at night, and why it did so.'

const scriptsOf = (...sources: string[]) =>
  parseHtml(sources.map((source) => `<script>${source}</script>`).join('')).children.filter((node) =>
    isTag(node),
  )

describe('the state that a framework leaves in the page', () => {
  it('gives the list of paragraphs beside the headline, not a longer list elsewhere', () => {
    const state = {
      teasers: Array.from({ length: 6 }, () => ({ title: 'Elsewhere', text: other })),
      page: {
        article: {
          title: 'Ferry sails again',
          body: [
            { type: 'p', html: `<p>${sentence}</p>` },
            { type: 'ad', slot: 3 },
            { type: 'p', children: [{ text: `${sentence} ` }, { text: 'Twice.' }] },
          ],
        },
      },
    }
    const body = readStateBody(scriptsOf(JSON.stringify(state)), 'Ferry sails again')
    expect(body).toBe(`${sentence}\n\n${sentence} Twice.`)
  })

  it('gives one long text, from an assignment to a name', () => {
    const source = `window.__STATE__ = ${JSON.stringify({ story: { html: `<p>${sentence}</p><p>${sentence}</p>` } })};`
    expect(readStateBody(scriptsOf('var a = 1', source), null)).toBe(`${sentence}\n\n${sentence}`)
  })

  it('is nothing where scripts are programs, broken or say little', () => {
    const short = JSON.stringify({ body: [sentence] })
    expect(readStateBody(scriptsOf('function f() {}', '{"a": [', '', short), 'Ferry')).toBeNull()
  })

  it('never throws, whatever the state', () => {
    assert(
      property(anything({ withNullPrototype: false }), (state) => {
        const source = JSON.stringify(state) ?? ''
        readStateBody(scriptsOf(source.replaceAll('</', '<\\/')), 'Ferry')
      }),
    )
  })

  it('goes no deeper than it must', () => {
    const deep = `${'{"a":['.repeat(3000)}${']}'.repeat(3000)}`
    expect(readStateBody(scriptsOf(deep), 'Ferry')).toBeNull()
  })
})
