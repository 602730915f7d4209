import { describe, expect, it } from 'vitest'
import { bodyOf, told } from './harbour-page.ts'

const bodyWith = (within: string): string =>
  bodyOf(
    `<main><article class="entry-content"><h1>Ferry sails again</h1><p>${told('the ferry')}</p>${within}<p>${told('a barge')}</p></article></main>`,
  )

const first = 'Buy a ticket at the harbour office before noon, where the old clerk sits'
const second = 'Wait at the quay until the ferry has been made fast by both of its lines'
const items = `<li>${first}.</li><li><p><strong>${second}</strong>.</p></li>`

describe('an ordered list', () => {
  it('has its numbers in the text', () => {
    expect(bodyWith(`<ol>${items}</ol>`)).toContain(`1. ${first}.\n2. ${second}.`)
  })

  it('goes on where another ended', () => {
    expect(bodyWith(`<ol start="4">${items}</ol>`)).toContain(`4. ${first}.\n5. ${second}.`)
  })

  it('counts down', () => {
    expect(bodyWith(`<ol reversed>${items}</ol>`)).toContain(`2. ${first}.\n1. ${second}.`)
  })

  it.each([
    ['whose numbers are written out', `<ol><li>1) ${first}.</li><li>2) ${second}.</li></ol>`],
    ['whose class takes them away', `<ol class="list-none">${items}</ol>`],
    ['of letters', `<ol type="a">${items}</ol>`],
    ['that has no order', `<ul>${items}</ul>`],
  ])('gets none %s', (_, list) => {
    const body = bodyWith(list)
    expect(body).toContain(second)
    expect(body).not.toContain(`2. ${second}`)
  })
})

it('leaves out markers of notes, which would run into the word before', () => {
  const body = bodyWith(
    `<p>${told('the tug')} It was built in 1911<sup><a href="#note-1">1</a></sup>, and weighs 40 m<sup>3</sup> of water<a href="#note-2"><sup>[2]</sup></a>.</p>`,
  )
  expect(body).toContain('It was built in 1911, and weighs 40 m3 of water.')
})
