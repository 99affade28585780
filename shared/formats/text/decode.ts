import type { ReadCode } from '../../model/import.ts'
import { fail, type Result } from '../../model/result.ts'
import { looksBlank } from '../../model/characters/text-policy.ts'

/** 5 MB: about forty times the largest outcome document that is planned for. */
const SIZE_LIMIT = 5_000_000

export type Decoded = Result<{ text: string }, ReadCode>

/**
 * Decodes bytes: UTF-8, or UTF-16 when there is a byte order mark for it (what Word calls "Unicode text").
 * Nothing is replaced or guessed, because � in a negotiated text would be a change of it. Bytes that do not
 * decode are refused.
 */
export function decode(file: Uint8Array): Decoded {
  if (file.length > SIZE_LIMIT) {
    return fail('too-large', `The file has ${megabytes(file.length)} MB; the limit is 5 MB.`)
  }
  const decoded = decodeBytes(file)
  if (!decoded.ok) return decoded
  if (looksBlank(decoded.text)) return fail('empty', 'The file is empty: it holds no text.')
  if (looksBinary(decoded.text)) return fail('binary', BINARY)
  return decoded
}

function decodeBytes(file: Uint8Array): Decoded {
  const [a, b, c] = file
  if (a === 0xff && b === 0xfe) return decodeUtf16(file, 0)
  if (a === 0xfe && b === 0xff) return decodeUtf16(file, 1)
  const known = KNOWN.find(({ magic }) => magic.every((byte, i) => file[i] === byte))
  if (known) return fail('binary', `The file is ${known.name}, not plain text. ${SAVE_AS_TEXT}`)
  if (file.subarray(0, 8_192).includes(0)) return fail('binary', BINARY)
  return decodeUtf8(file, a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0)
}

const SAVE_AS_TEXT = 'Save it as plain text (UTF-8) and import that.'
const BINARY = `The file holds binary data, not plain text. ${SAVE_AS_TEXT}`

const KNOWN = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'a Word document or another zipped file' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: 'a document of an old Office program' },
  { magic: [0x25, 0x50, 0x44, 0x46], name: 'a PDF' },
  { magic: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: 'rich text (RTF)' },
] as const

/** Whether a file holds more control characters than plain text can. A few stray ones are accepted. */
function looksBinary(text: string): boolean {
  let controls = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0) return true
    if ((unit < 32 && (unit < 9 || unit > 13)) || (unit >= 127 && unit < 160 && unit !== 133)) controls++
  }
  return controls > 8 && controls * 200 > text.length
}

const CHUNK = 8_192

function decodeUtf8(file: Uint8Array, from: number): Decoded {
  let text = ''
  let units: number[] = []
  for (let i = from; i < file.length;) {
    const length = sequenceLength(file, i)
    if (length === 0) return fail('invalid-encoding', invalidUtf8(file, i))
    pushCodePoint(units, codePoint(file, i, length))
    i += length
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  return { ok: true, text: text + String.fromCharCode(...units) }
}

/** Returns the length in bytes of the well-formed sequence at `i` (Unicode, table 3-7), or 0 when there is none. */
function sequenceLength(file: Uint8Array, i: number): number {
  const lead = file[i] ?? 0
  if (lead < 0x80) return 1
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
  for (let j = 1; j < length; j++) if (((file[i + j] ?? 0) & 0xc0) !== 0x80) return 0
  const second = file[i + 1] ?? 0
  const overlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90)
  const outside = (lead === 0xed && second >= 0xa0) || (lead === 0xf4 && second >= 0x90)
  return overlong || outside ? 0 : length
}

function codePoint(file: Uint8Array, i: number, length: number): number {
  const lead = file[i] ?? 0
  if (length === 1) return lead
  let value = lead & (0x7f >> length)
  for (let j = 1; j < length; j++) value = (value << 6) | ((file[i + j] ?? 0) & 0x3f)
  return value
}

function pushCodePoint(units: number[], value: number): void {
  if (value < 0x10000) units.push(value)
  else units.push(0xd800 + ((value - 0x10000) >> 10), 0xdc00 + ((value - 0x10000) & 0x3ff))
}

function invalidUtf8(file: Uint8Array, at: number): string {
  const line = file.subarray(0, at).reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1)
  return `The file is not valid UTF-8: byte ${at + 1}, on line ${line}, is wrong. Save it as plain text in UTF-8.`
}

/** `low`: the position of the low byte in each pair. Unpaired surrogates and an odd byte at the end are refused. */
function decodeUtf16(file: Uint8Array, low: 0 | 1): Decoded {
  let text = ''
  let units: number[] = []
  let line = 1
  for (let i = 2; i < file.length; i += 2) {
    const unit = unitAt(file, i, low)
    const next = unitAt(file, i + 2, low)
    const leads = unit >= 0xd800 && unit < 0xdc00
    const trails = unit >= 0xdc00 && unit < 0xe000
    const paired = leads
      ? next >= 0xdc00 && next < 0xe000
      : !trails || isLead(units.at(-1) ?? text.charCodeAt(text.length - 1))
    if (i + 1 >= file.length || !paired) {
      const message = `The file is not valid UTF-16: byte ${i + 1}, on line ${line}, is wrong. Save it as plain text in UTF-8.`
      return fail('invalid-encoding', message)
    }
    if (unit === 0x0a) line++
    units.push(unit)
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  return { ok: true, text: text + String.fromCharCode(...units) }
}

const isLead = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00

const unitAt = (file: Uint8Array, i: number, low: 0 | 1): number =>
  (file[i + low] ?? 0) | ((file[i + 1 - low] ?? 0) << 8)

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)
