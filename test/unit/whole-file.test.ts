import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { giveName } from '#server/store/whole-file.ts'
import { temporaryFolder } from '#test/kit/places.ts'

const failing = (code: string) => (): never => {
  throw Object.assign(new Error(`${code}: link`), { code })
}

function files() {
  const folder = temporaryFolder()
  const from = join(folder, 'all.backup.partial')
  const to = join(folder, 'all.backup')
  writeFileSync(from, 'whole')
  return { folder, from, to }
}

it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'])(
  '17.5 a file has its name also where links are answered with %s, and takes none from another',
  (code) => {
    const { folder, from, to } = files()
    giveName(from, to, failing(code))
    expect(readdirSync(folder)).toEqual(['all.backup'])
    expect(readFileSync(to, 'utf8')).toBe('whole')

    writeFileSync(from, 'another')
    expect(() => giveName(from, to, failing(code))).toThrow('EEXIST')
    expect(readFileSync(to, 'utf8')).toBe('whole')
    expect(readFileSync(from, 'utf8')).toBe('another')
  },
)

it('17.5 a file takes its name from no other where there are links', () => {
  const { from, to } = files()
  giveName(from, to)
  expect(readFileSync(to, 'utf8')).toBe('whole')
  expect(() => giveName(from, to)).toThrow('EEXIST')
})

it('17.5 any other failure is told, and leaves nothing under the name', () => {
  const { from, to } = files()
  expect(() => giveName(from, to, failing('ENOSPC'))).toThrow('ENOSPC')
  expect(() => giveName(`${from}.gone`, to, failing('EPERM'))).toThrow('ENOENT')
  expect(existsSync(to)).toBe(false)
})
