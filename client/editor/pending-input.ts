import type { TextPiece } from '#shared/model/decision.ts'
import type { Caret } from './caret.ts'

/** What names a key: `key` and modifiers, as a KeyboardEvent has them. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

type Lines = readonly (readonly TextPiece[])[]

type Gesture =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'lines'; readonly lines: Lines }

/** Gestures that follow each other, from one place on. */
interface Run {
  readonly at: Caret
  readonly gestures: Gesture[]
}

/** The text that takes what has waited. */
export interface InputTarget {
  /** The selection as it is now. */
  place(): Caret
  goTo(place: Caret): void
  type(text: string): void
  press(key: Key): void
  put(lines: Lines): void
}

/**
 * What a person does in a text that cannot be written in at the moment, kept in its order until it can be done or must be
 * told. Nothing of it is shown meanwhile, so a caret that she moves is moved in the text as it is shown.
 */
export class PendingInput {
  readonly #runs: Run[] = []
  /** She has put the caret elsewhere since the last gesture. */
  #moved = false

  get empty(): boolean {
    return this.#runs.length === 0
  }

  /** `at` gives the selection. */
  type(text: string, at: () => Caret): void {
    const gestures = this.#gesturesAt(at)
    const last = gestures.at(-1)
    if (last?.kind === 'text') last.text += text
    else gestures.push({ kind: 'text', text })
  }

  press({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Key, at: () => Caret): void {
    this.#gesturesAt(at).push({ kind: 'key', key: { key, code, ctrlKey, metaKey, altKey, shiftKey } })
  }

  put(lines: Lines, at: () => Caret): void {
    this.#gesturesAt(at).push({ kind: 'lines', lines })
  }

  moved(): void {
    this.#moved = true
  }

  /** Does all of it, in order, and leaves the caret where she has put it last. */
  replay(into: InputTarget): void {
    const last = this.#moved ? into.place() : null
    for (const { at, gestures } of this.#runs) {
      // The selection has been kept in its place all the time, and what is done goes on from there.
      if (this.#runs.length > 1 || last) into.goTo(at)
      for (const gesture of gestures) perform(into, gesture)
    }
    if (last) into.goTo(last)
  }

  /** The words of it, as far as they were not deleted again. */
  words(): string {
    let words = ''
    for (const { gestures } of this.#runs) {
      if (words !== '' && !words.endsWith('\n')) words += ' '
      for (const gesture of gestures) words = withGesture(words, gesture)
    }
    return words.trimEnd()
  }

  #gesturesAt(at: () => Caret): Gesture[] {
    const last = this.#runs.at(-1)
    if (last && !this.#moved) return last.gestures
    this.#moved = false
    const run: Run = { at: at(), gestures: [] }
    this.#runs.push(run)
    return run.gestures
  }
}

function perform(into: InputTarget, gesture: Gesture): void {
  switch (gesture.kind) {
    case 'text':
      return into.type(gesture.text)
    case 'key':
      return into.press(gesture.key)
    case 'lines':
      return into.put(gesture.lines)
  }
}

function withGesture(words: string, gesture: Gesture): string {
  switch (gesture.kind) {
    case 'text':
      return words + gesture.text
    case 'key':
      if (gesture.key.key === 'Enter') return `${words}\n`
      return gesture.key.key === 'Backspace' ? words.slice(0, lastCharacter(words)) : words
    case 'lines':
      return words + gesture.lines.map((line) => line.map(({ insert }) => insert).join('')).join('\n')
  }
}

const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Where the last character of a text begins, as its reader counts characters. */
const lastCharacter = (text: string): number => [...CHARACTERS.segment(text)].at(-1)?.index ?? 0

/**
 * What Backspace or Delete takes away in a browser where nothing is selected, as offsets in the text of a paragraph: a
 * character, with Ctrl or Alt a word with the spaces before it, with Meta all up to the edge.
 */
export function erasedBy(key: Key, text: string, caret: number): { from: number; to: number } {
  const back = key.key === 'Backspace'
  const side = back ? text.slice(0, caret) : text.slice(caret)
  const length = key.metaKey
    ? side.length
    : key.ctrlKey || key.altKey
      ? wordAt(side, back)
      : characterAt(side, back)
  return back ? { from: caret - length, to: caret } : { from: caret, to: caret + length }
}

function characterAt(side: string, back: boolean): number {
  if (back) return side.length - lastCharacter(side)
  const [first] = CHARACTERS.segment(side)
  return first?.segment.length ?? 0
}

function wordAt(side: string, back: boolean): number {
  const segments = [...WORDS.segment(side)]
  if (back) segments.reverse()
  const end = segments.findIndex(({ segment }) => segment.trim() !== '') + 1
  return segments.slice(0, end || undefined).reduce((sum, { segment }) => sum + segment.length, 0)
}
