import type { Answer, Thread } from '../../../src/extractors/comments/platform.ts'

export const fetchedAt = new Date('2024-05-10T12:00:00Z')

/** A thread of a platform on one and the same article. */
export function threadOf(platform: string, data: Readonly<Record<string, string>> = {}): Thread {
  return {
    platform,
    nativeId: '77',
    pageUrl: 'https://paper.example/77-harbour.html',
    reportedCount: null,
    closed: false,
    timezone: 'Europe/Moscow',
    data: { articleUrl: 'https://paper.example/77-harbour.html', ...data },
  }
}

export function answerOf(text: string, given: Partial<Answer> = {}): Answer {
  return { url: 'https://paper.example/77-harbour.html', status: 200, headers: {}, text, fetchedAt, ...given }
}
