/**
 * What the policy on text and the search cost beside reading the text: `npm run bench:policy`. Milliseconds, the median of
 * five, for 5 MB of text in four scripts (an import; a search through it, cold and warm) and for one key in a long
 * paragraph, beside the time that it takes to read the characters one after the other.
 */
import * as Y from 'yjs'
import { admit } from '#shared/document/admit/admit.ts'
import { StrandedCharacters } from '#shared/document/issue/stranded.ts'
import { addParagraph, baseTextOf, openDocument } from '#shared/document/schema.ts'
import { noteChanges } from '#shared/document/text/changes.ts'
import { foldWording } from '#shared/document/text/fingerprint.ts'
import type { ParagraphId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import { withStranded } from '#shared/model/characters/stranded.ts'
import { faultIn, looksBlank, stripText } from '#shared/model/characters/text-policy.ts'
import { find } from '#client/ui/search/find.ts'
import { fold } from '#client/ui/search/fold.ts'

const MEGABYTES = 5
const LONG = 200_000
const RUNS = 5

const PHRASES = {
  English:
    'We, the Heads of State and Government, reaffirm our commitment to “cooperation” – in all its forms. ',
  Persian: 'ما می\u200cخواهیم کتاب\u200cهای بیست\u200cساله را به همه\u200cی کشورها برسانیم. ',
  Hindi: 'हम, राष्ट्र और सरकार के प्रमुख, क्\u200dष सहयोग के प्रति अपनी प्रतिबद्धता दोहराते हैं। ',
  piled: `a${'\u0301'.repeat(29)}`,
}

function median(run: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  })
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
}

/** Reads each character, and keeps something of it, so that it is not left out. */
function read(text: string): number {
  let sum = 0
  for (const character of text) sum ^= character.codePointAt(0) ?? 0
  return sum
}

let kept = 0

function print(what: string, time: number, plain: number): void {
  console.log(
    `  ${what.padEnd(34)}${time.toFixed(2).padStart(9)} ms${(time / plain).toFixed(2).padStart(9)} × reading`,
  )
}

function textOf(phrase: string, bytes: number): string {
  const size = new TextEncoder().encode(phrase).length
  return phrase.repeat(Math.ceil(bytes / size))
}

function benchImport(name: string, phrase: string): void {
  const text = textOf(phrase, MEGABYTES * 1_000_000)
  const plain = median(() => (kept ^= read(text)))
  console.log(
    `${name}, ${MEGABYTES} MB, ${text.length.toLocaleString('en')} units; reading ${plain.toFixed(2)} ms`,
  )
  print(
    'looking for what may not stand',
    median(() => (kept ^= faultIn(text, 'lines') === null ? 1 : 0)),
    plain,
  )
  print(
    'stripping',
    median(() => (kept ^= stripText(text, 'lines').removed)),
    plain,
  )
  print(
    'whether it looks blank',
    median(() => (kept ^= looksBlank(text) ? 1 : 0)),
    plain,
  )
  print(
    'folding for a search',
    median(() => (kept ^= fold(text).length)),
    plain,
  )
  print(
    'folding for a fingerprint',
    median(() => (kept ^= foldWording(text).length)),
    plain,
  )
}

function benchSearch(name: string, phrase: string): void {
  const each = textOf(phrase, 2_000)
  const items = Array.from({ length: (MEGABYTES * 1_000_000) / 2_000 }, (_, i) => ({
    id: `p${String(i).padStart(16, '0')}` as ParagraphId,
    label: String(i),
    participants: [],
    readings: [{ text: each, parts: [] }],
  }))
  const before = performance.now()
  find(items, 'no such words')
  console.log(
    `${name}, searching 5 MB in 2,500 paragraphs: ${(performance.now() - before).toFixed(1)} ms the first time`,
  )
  console.log(`  then ${median(() => (kept ^= find(items, 'nor these').length)).toFixed(2)} ms`)
}

const FACILITATOR = {
  person: 'a' as PersonId,
  name: 'A',
  role: 'facilitator',
  participant: 'Co-Facilitators' as ParticipantId,
} as const

function benchKey(name: string, phrase: string): void {
  const od = openDocument(new Y.Doc())
  const id = 'p0000000000000001' as ParagraphId
  const words = phrase.repeat(Math.ceil(LONG / phrase.length)).slice(0, LONG)
  addParagraph(od, { id, kind: 'paragraph', order: 'a', label: { number: 1, suffix: 0 } }, words)
  const client = openDocument(new Y.Doc())
  Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(od.doc))
  const updates: Uint8Array[] = []
  client.doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = baseTextOf(client, id)!
  for (let i = 0; i < 200; i++) text.insert(LONG / 2, 'x')
  for (let i = 0; i < 100; i++) text.delete(LONG / 2, 1)
  const owners = new Map<number, PersonId | 'server'>([[od.doc.clientID, 'server']])
  const stranded = new StrandedCharacters<object>()
  const author = {}
  const times = { admit: 0, apply: 0, follow: 0 }
  for (const update of updates) {
    const start = performance.now()
    const verdict = admit(od, update, { actor: FACILITATOR, now: 1, ownerOf: (one) => owners.get(one) })
    if (!verdict.ok) throw new Error(verdict.code)
    for (const one of verdict.claimed) owners.set(one, FACILITATOR.person)
    const judged = performance.now()
    const changes = noteChanges(od.doc, () => Y.applyUpdate(od.doc, update))
    const applied = performance.now()
    if (stranded.mayRemove(changes, author, 1))
      od.doc.transact(() => stranded.removeAfter(od, changes, author, 1))
    times.admit += judged - start
    times.apply += applied - judged
    times.follow += performance.now() - applied
  }
  const each = (time: number): string => `${((time / updates.length) * 1000).toFixed(0)} µs`
  console.log(
    `${name}, a key in a paragraph of ${LONG.toLocaleString('en')}: admitted in ${each(times.admit)},`,
  )
  console.log(`  applied and looked at in ${each(times.apply)}, followed up in ${each(times.follow)};`)
  const deleting = median(() => (kept ^= withStranded(words, { start: LONG / 2, end: LONG / 2 + 3 }).end))
  console.log(`  in the editor, a deletion ${(deleting * 1000).toFixed(0)} µs`)
}

for (const [name, phrase] of Object.entries(PHRASES)) {
  benchImport(name, phrase)
  benchSearch(name, phrase)
  benchKey(name, phrase)
}
if (kept === 0.5) console.log(kept)
