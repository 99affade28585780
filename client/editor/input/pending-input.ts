import type { TextPiece } from '#shared/model/proposals/decision.ts'
import type { Caret } from '../carets/caret.ts'

/** A key and its modifiers, as in a KeyboardEvent. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

type Lines = readonly (readonly TextPiece[])[]

type Gesture =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'lines'; readonly lines: Lines }

/** Consecutive gestures that begin at one place. */
interface Run {
  readonly at: Caret
  readonly gestures: Gesture[]
}

/** Where pending input is performed. */
export interface InputTarget {
  /** The present selection. */
  place(): Caret
  goTo(place: Caret): void
  type(text: string): void
  press(key: Key): void
  put(lines: Lines): void
}

/**
 * Gestures that wait until the text can be written in, in order. Nothing of them is shown meanwhile, so a caret that
 * the person moves is moved in the text as it is shown, and starts a new run of gestures there.
 */
export class PendingInput {
  readonly #runs: Run[] = []
  /** Whether the person has moved the caret since the last gesture. */
  #moved = false

  get empty(): boolean {
    return this.#runs.length === 0
  }

  /** Adds typed text. `at` returns the present selection; it is called only when a new run begins. */
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

  /** The person has moved the caret. */
  moved(): void {
    this.#moved = true
  }

  /** Performs all gestures in order, and leaves the caret where the person has put it last. */
  replay(into: InputTarget): void {
    const last = this.#moved ? into.place() : null
    for (const { at, gestures } of this.#runs) {
      // With a single run and an unmoved caret, the selection is in the right place already.
      if (this.#runs.length > 1 || last) into.goTo(at)
      for (const gesture of gestures) perform(into, gesture)
    }
    if (last) into.goTo(last)
  }

  /** The words typed and pasted, without those deleted again. */
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

/** The index at which the last grapheme of a text begins. */
const lastCharacter = (text: string): number => [...CHARACTERS.segment(text)].at(-1)?.index ?? 0

/**
 * The range that Backspace or Delete removes in a browser without a selection, as offsets in a paragraph's text: a
 * grapheme; with Ctrl or Alt a word and the spaces before it; with Meta everything up to the edge.
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
