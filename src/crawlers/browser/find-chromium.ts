import { existsSync } from 'node:fs'

/** Where systems put a Chromium, besides the one that Playwright downloads for itself. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** @returns the path of a Chromium: the one that was named, Playwright's own, or the system's; null when there is none. */
export async function findChromium(named: string | null): Promise<string | null> {
  if (named !== null) return named
  const { chromium } = await import('playwright')
  return [chromium.executablePath(), ...usualPlaces].find((path) => existsSync(path)) ?? null
}
