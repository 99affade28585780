import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SecretProblem, secretFingerprint, secretOf } from '#server/access/secret.ts'
import type { KnownSecret } from '#server/store/port.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { Random } from '#test/kit/random.ts'

function data(known: KnownSecret) {
  const folder = temporaryFolder()
  const random = new Random(1)
  const adopted: string[] = []
  const store = {
    secret: () => Promise.resolve(known),
    adoptSecret: (fingerprint: string) => Promise.resolve(void adopted.push(fingerprint)),
  }
  return { folder, adopted, secret: () => secretOf(store, folder, (n) => random.bytes(n)) }
}

it('17.7 is made for new data, and theirs from then on', async () => {
  const { folder, adopted, secret } = data({ fingerprint: null, served: false })
  const made = await secret()
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(Buffer.from(made).toString('hex'))
  expect(adopted).toEqual([secretFingerprint(made)])
  expect(adopted[0]).not.toContain(Buffer.from(made).toString('hex').slice(0, 8))
})

it('17.7 of data that an earlier version wrote is adopted', async () => {
  const { folder, adopted, secret } = data({ fingerprint: null, served: true })
  writeFileSync(join(folder, 'secret'), 'ab'.repeat(32))
  expect(await secret()).toEqual(Buffer.alloc(32, 0xab))
  expect(adopted).toHaveLength(1)
})

it('17.7 is not made anew for data that had one, also when they do not know which', async () => {
  const { adopted, secret } = data({ fingerprint: null, served: true })
  await expect(secret()).rejects.toThrow(SecretProblem)
  expect(adopted).toEqual([])
})

it('17.7 that is another one, or none, is refused with what to do', async () => {
  const { folder, adopted, secret } = data({ fingerprint: 'f'.repeat(64), served: true })
  writeFileSync(join(folder, 'secret'), 'ab'.repeat(32))
  await expect(secret()).rejects.toThrow(/is not the one that belongs to its database. Put back/)
  writeFileSync(join(folder, 'secret'), 'not one')
  await expect(secret()).rejects.toThrow('is damaged')
  expect(adopted).toEqual([])
})
