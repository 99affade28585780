import { expect, it } from 'vitest'
import { isTokenShaped, newToken } from '#server/access/token.ts'
import { Random } from '#test/kit/random.ts'

it('a token is never taken for an option on a command line', () => {
  const random = new Random(1)
  for (let i = 0; i < 1_000; i++) {
    const token = newToken((length) => random.bytes(length))
    expect(token).not.toMatch(/^-/)
    expect(isTokenShaped(token)).toBe(true)
  }
})
