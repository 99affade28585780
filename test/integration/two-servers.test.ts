import { expect, it } from 'vitest'
import { temporaryFolder } from '#test/kit/places.ts'
import { informals, startServer } from '#test/kit/server.ts'

it('17.6 a second server on a data directory is told which process runs there, until that has ended by whatever cause', async () => {
  const folder = temporaryFolder()
  const first = await startServer(folder)
  const second = await informals(folder, ['serve'], { PORT: '0' })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(`(process ${first.pid})`)
  await first.kill()
  const third = await startServer(folder)
  expect(await third.stop()).toBe(0)
})
