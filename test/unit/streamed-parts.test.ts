import { textContent } from 'domutils'
import { expect, it } from 'vitest'
import { parsePage } from '../../src/extractors/page.ts'

const textOf = (html: string): string =>
  textContent(parsePage(html, 'https://example.com/', new Date(0)).document).replaceAll(/\s+/g, '')

const script = (call: string): string => `<script src="x.js" data-call='${call}'></script>`

it.each([
  [
    'a boundary, in place of what is shown until it comes',
    `<p>One</p><!--$?--><template id="B:0"></template><p>Loading <!--$-->it<!--/$--></p><!--/$--><p>Three</p>
     <div hidden id="S:3"><p>Two</p></div>${script('$RC("B:0","S:3")')}`,
    'OneTwoThree',
  ],
  [
    'a segment within a part that comes later',
    `<p>One</p><!--$?--><template id="B:0"></template>Loading<!--/$--><p>Four</p>
     <div hidden id="S:0"><p>Two</p><template id="P:1"></template></div>
     <div hidden id="S:1"><p>Three</p></div>${script('$RS("S:1","P:1");$RC("B:0","S:0")')}`,
    'OneTwoThreeFour',
  ],
  [
    'a boundary that waits for style sheets too, under a prefix',
    `<p>One</p><!--$?--><template id=":R1:B:0"></template>Loading<!--/$-->
     <div hidden id=":R1:S:0">Two</div>${script('$RR(":R1:B:0",":R1:S:0",[["/a.css"]])')}`,
    'OneTwo',
  ],
  [
    'a boundary whose script was not kept',
    `<p>One</p><!--$?--><template id="B:0"></template>Loading<!--/$--><p>Three</p><div hidden id="S:0">Two</div>`,
    'OneTwoThree',
  ],
  [
    'a boundary whose end was not kept, before what is shown',
    `<p>One</p><template id="B:0"></template>Loading<p>Three</p><div hidden id="S:0">Two</div>`,
    'OneTwoLoadingThree',
  ],
])('puts in its place %s', (_, html, text) => {
  expect(textOf(html)).toBe(text)
})

it.each([
  ['whose part never came', '<!--$?--><template id="B:0"></template>Loading<!--/$-->'],
  ['within its own part', '<div hidden id="S:0"><p>Two<template id="B:0"></template></p></div>'],
  ['that is no template', '<!--$?--><div id="B:0">Loading</div><!--/$--><div hidden id="S:0">Two</div>'],
])('leaves a place %s', (_, html) => {
  const page = `<p>One</p>${html}${script('$RC("B:0","S:0")')}`
  expect(textOf(page)).toBe(textOf(page.replaceAll('B:0', 'other')))
})
