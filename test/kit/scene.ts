import { withPlainSpaces } from '#client/editor/draw/draw.ts'
import type { Seat, Drafter } from './drafting.ts'
import { delegate, Room } from './drafting.ts'
import { Random } from './random.ts'

/**
 * Scenes drawn as text: `|` is the caret, `<…>` a selection. `scene('from| poverty')` is a room with that paragraph;
 * {@link shown} draws what somebody sees, brackets, names and caret and all.
 */
export function scene(...paragraphs: string[]): Scene {
  return new Scene(paragraphs)
}

export class Scene {
  readonly room: Room
  readonly #caret: { block: number; from: number; to: number } | null

  constructor(drawn: readonly string[]) {
    this.room = new Room(
      new Random(1),
      drawn.map((text) => text.replaceAll(/[|<>]/gu, '')),
    )
    const block = drawn.findIndex((text) => /[|<]/u.test(text))
    const text = drawn[block] ?? ''
    const from = text.search(/[|<]/u)
    const close = text.indexOf('>')
    this.#caret = block < 0 ? null : { block, from, to: close < 0 ? from : close - 1 }
  }

  /** Somebody sits down, with the caret where it is drawn. */
  seat(seat: Seat): Drafter {
    const drafter = this.room.seat(seat)
    if (this.#caret) putCaret(drafter, this.#caret.block, this.#caret.from, this.#caret.to)
    return drafter
  }
}

export const ken = delegate('amina', 'KEN')
export const nor = delegate('ingrid', 'NOR')

/** Kenya and Norway at a text of these paragraphs. */
export function twoDelegations(...paragraphs: string[]): {
  readonly room: Room
  readonly amina: Drafter
  readonly ingrid: Drafter
} {
  const { room } = scene(...paragraphs)
  return { room, amina: room.seat(ken), ingrid: room.seat(nor) }
}

export function putCaret(drafter: Drafter, block: number, from: number, to = from): void {
  let pos = 1
  for (let i = 0; i < block; i++) pos += drafter.state.doc.child(i).nodeSize
  drafter.select(pos + from, pos + to)
}

/** Puts the caret right after some shown words of a paragraph, or selects them. */
export function putAfter(drafter: Drafter, block: number, words: string): void {
  const at = withPlainSpaces(drafter.state.doc.child(block).textContent).indexOf(words)
  if (at < 0) throw new Error(`“${words}” is not shown`)
  putCaret(drafter, block, at + words.length)
}

export function selectWords(drafter: Drafter, block: number, words: string): void {
  const at = withPlainSpaces(drafter.state.doc.child(block).textContent).indexOf(words)
  if (at < 0) throw new Error(`“${words}” is not shown`)
  putCaret(drafter, block, at, at + words.length)
}

/** What somebody sees, one string a paragraph, with the caret or the selection drawn in. */
export function shown(drafter: Drafter): string[] {
  const { from, to } = drafter.state.selection
  const lines: string[] = []
  drafter.state.doc.forEach((block, offset) => {
    const start = offset + 1
    const inside = (pos: number) => pos >= start && pos <= start + block.content.size
    let text = withPlainSpaces(block.textContent)
    if (from === to && inside(from)) text = insert(text, from - start, '|')
    else if (from !== to) {
      if (inside(to)) text = insert(text, to - start, '>')
      if (inside(from)) text = insert(text, from - start, '<')
    }
    lines.push(text)
  })
  return lines
}

const insert = (text: string, at: number, sign: string): string => text.slice(0, at) + sign + text.slice(at)

/** What a word processor's Backspace does: the selection, or the character before the caret. */
export function backspace(drafter: Drafter, times = 1): void {
  for (let i = 0; i < times; i++) {
    const { empty, head } = drafter.state.selection
    drafter.dispatch((tr) => (empty ? tr.delete(head - 1, head) : tr.deleteSelection()))
  }
}

export function deleteForwards(drafter: Drafter, times = 1): void {
  for (let i = 0; i < times; i++) {
    const { empty, head } = drafter.state.selection
    drafter.dispatch((tr) => (empty ? tr.delete(head, head + 1) : tr.deleteSelection()))
  }
}

/** Key by key, as people do. */
export function typeKeys(drafter: Drafter, text: string): void {
  for (const key of text) drafter.type(key)
}

/** Selects shown words of a paragraph and types others over them. */
export function replaceWords(drafter: Drafter, block: number, words: string, wording: string): void {
  selectWords(drafter, block, words)
  typeKeys(drafter, wording)
}

/** Selects shown words of a paragraph and deletes them. */
export function deleteWords(drafter: Drafter, block: number, words: string): void {
  selectWords(drafter, block, words)
  backspace(drafter)
}

/** Puts the caret right after shown words of a paragraph and types. */
export function insertAfter(drafter: Drafter, block: number, words: string, text: string): void {
  putAfter(drafter, block, words)
  typeKeys(drafter, text)
}

/** Proposes a new paragraph behind the one that shows these words. */
export function addParagraphAfter(drafter: Drafter, block: number, words: string, text: string): void {
  putAfter(drafter, block, words)
  drafter.binding.newParagraph()
  typeKeys(drafter, text)
}
