import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { abortable } from '../../../src/crawlers/fetch/abortable.ts'
import { Deadline } from '../../../src/crawlers/fetch/deadline.ts'

const url = 'https://news.example/a'
const limits = { headersTimeoutMs: 10_000, totalTimeoutMs: 60_000 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('ends an exchange without headers after ten seconds', () => {
  const deadline = new Deadline(url, limits)
  vi.advanceTimersByTime(9_999)
  expect(deadline.signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(deadline.signal.reason).toMatchObject({
    class: 'timeout',
    message: `${url}: no answer within 10 s`,
    url,
  })
})

it('ends a body that trickles at under 1 KiB/s, but not one that is just above', () => {
  for (const [bytesPerSecond, aborted] of [
    [1_023, true],
    [1_024, false],
  ] as const) {
    const deadline = new Deadline(url, limits)
    deadline.headersArrived()
    for (let second = 0; second < 40; second += 1) {
      deadline.bytesArrived(bytesPerSecond)
      vi.advanceTimersByTime(1_000)
    }
    expect(deadline.signal.aborted).toBe(aborted)
    deadline.clear()
  }
})

it('ends everything after a minute', () => {
  const deadline = new Deadline(url, limits)
  deadline.headersArrived()
  for (let second = 0; second < 60; second += 1) {
    deadline.bytesArrived(1_000_000)
    vi.advanceTimersByTime(1_000)
  }
  expect(deadline.signal.reason).toMatchObject({
    class: 'timeout',
    message: `${url}: no complete answer within 60 s`,
  })
})

it('leaves no timer and no listener behind', () => {
  const caller = new AbortController()
  const removed = vi.spyOn(caller.signal, 'removeEventListener')
  const deadline = new Deadline(url, limits, caller.signal)
  deadline.headersArrived()
  deadline.clear()
  expect(vi.getTimerCount()).toBe(0)
  expect(removed).toHaveBeenCalledTimes(1)
})

it('follows the signal of the caller, even one that was aborted before', () => {
  const reason = new Error('enough')
  const deadline = new Deadline(url, limits, AbortSignal.abort(reason))
  expect(deadline.signal.reason).toBe(reason)
  deadline.clear()
})

it('abortable leaves shared work when its signal says so', async () => {
  const controller = new AbortController()
  const work = abortable(new Promise<string>(() => undefined), controller.signal)
  controller.abort(new Error('enough'))
  await expect(work).rejects.toThrow('enough')
  await expect(abortable(Promise.resolve('done'), controller.signal)).rejects.toThrow('enough')
  await expect(abortable(Promise.resolve('done'), new AbortController().signal)).resolves.toBe('done')
  await expect(abortable(Promise.resolve('done'), undefined)).resolves.toBe('done')
})
