import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { GroupBeside } from '../../jobs/wiring/group-beside.ts'
import { BATCH } from '../../src/db/group-copies.ts'

function noteBatch(grouping: GroupBeside): void {
  for (let page = 0; page < BATCH; page += 1) grouping.notePage()
}

it('takes a batch when there is one, and never two at once', async () => {
  const running: (() => void)[] = []
  const grouping = new GroupBeside(() => new Promise((resolve) => running.push(resolve)))
  for (let page = 1; page < BATCH; page += 1) grouping.notePage()
  expect(running).toHaveLength(0)
  grouping.notePage()
  expect(running).toHaveLength(1)
  noteBatch(grouping)
  expect(running).toHaveLength(1)
  running.pop()?.()
  await turn()
  grouping.notePage()
  expect(running).toHaveLength(1)
  running.pop()?.()
  await grouping.settled()
})

it('is settled when its batch is, and goes on after one that failed', async () => {
  let batches = 0
  const grouping = new GroupBeside(async () => {
    batches += 1
    await turn()
    throw new Error('the database went away')
  })
  await grouping.settled()
  noteBatch(grouping)
  await grouping.settled()
  noteBatch(grouping)
  await grouping.settled()
  expect(batches).toBe(2)
})
