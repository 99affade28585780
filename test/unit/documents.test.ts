import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'PROTOCOL.md', 'SECURITY.md', 'SPEC.md']
const FILES = globSync('{client,server,shared,test}/**/*.{ts,tsx,css}', { cwd: ROOT })

/** The source files that a document names: `like/this.ts`, from the top or from any folder down, `*` for anything. */
const named = (document: string): string[] =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(/`([\w./*-]+\.(?:ts|tsx|css))`/g)].map(
    (match) => match[1]!,
  )

const isThere = (name: string): boolean => {
  const pattern = name.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')
  return (
    FILES.some((file) => new RegExp(`(?:^|/)${pattern}$`, 'u').test(file)) ||
    /^vite(?:st)?\.config\.ts$/.test(name)
  )
}

test.each(DOCUMENTS)('%s names no file that is not there', (document) => {
  expect(named(document).filter((name) => !isThere(name))).toEqual([])
})

test('the documents are read: some of them name many files', () => {
  expect(DOCUMENTS.flatMap(named).length).toBeGreaterThan(80)
})
