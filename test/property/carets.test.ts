import type { Node } from 'prosemirror-model'
import { expect, test } from 'vitest'
import { caretPosition } from '#client/editor/locate.ts'
import { idOf, signOf } from '#client/editor/places.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { contentOf, decisionOf, headOf } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { chair } from '#test/kit/deciding.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { allOf, decisionFor, openOf } from '#test/kit/negotiated.ts'
import { ask, someChange } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import { backspace } from '#test/kit/scene.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/**
 * No two letters of a history are the same, so what stands beside a caret can be read from the screen alone, wherever
 * decisions have put it.
 */
class Letters {
  #next = 0x4e00

  word(length = 3): string {
    return Array.from({ length }, () => String.fromCharCode(this.#next++)).join('')
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(' ')
  }
}

const isLetter = (text: string): boolean => /^[\u4e00-\u9fff]$/u.test(text)

/** Where somebody has put her caret: between two letters of one word. */
interface Idle {
  readonly before: string
  readonly after: string
  /** The blocks that its letters were shown in since, and all letters of the first. */
  readonly blocks: Set<string>
  readonly letters: ReadonlySet<string>
}

interface Shown {
  readonly letter: string
  readonly pos: number
  readonly block: string
}

/** The words of a document, without its signs. */
function lettersOf(doc: Node): Shown[] {
  const found: Shown[] = []
  doc.forEach((block, start) => {
    block.forEach((node, offset) => {
      if (signOf(node)) return
      const text = node.text ?? ''
      for (let i = 0; i < text.length; i++)
        found.push({ letter: text.charAt(i), pos: start + 1 + offset + i, block: idOf(block) })
    })
  })
  return found
}

class History {
  readonly room: Room
  readonly #letters = new Letters()
  readonly #idle = new Map<Drafter, Idle>()
  readonly #random: Random
  readonly counts = { checked: 0, gone: 0, lost: 0, accepted: 0, undone: 0 }

  constructor(seed: number) {
    this.#random = new Random(seed)
    this.room = new Room(
      this.#random,
      [4, 4, 3].map((count) => this.#letters.words(count)),
    )
    for (const name of ['KEN', 'NOR']) this.room.seat(delegate(name.toLowerCase(), name))
    for (let step = 0; step < 8; step++) this.#propose(this.#random.pick(this.room.drafters))
    this.room.seat(facilitator('fay'))
    this.room.seat(facilitator('otto'))
    this.#askSome(5)
    for (const drafter of this.room.drafters) this.#sitDown(drafter)
  }

  /** On others' words and in their brackets, as a delegation does. */
  #propose(drafter: Drafter): void {
    const r = this.#random
    const { doc } = drafter.state
    const pos = 1 + r.int(doc.content.size - 2)
    const $pos = doc.resolve(pos)
    if (!$pos.parent.isTextblock) return
    drafter.select(pos, r.chance(0.5) ? Math.min($pos.end(), pos + r.int(9)) : pos)
    if (r.chance(0.2)) drafter.binding.newParagraph([[{ insert: this.#letters.words(2) }]])
    else if (r.chance(0.3) && !drafter.state.selection.empty) backspace(drafter)
    else drafter.type(this.#letters.words(1 + r.int(2)))
    this.room.settleDown()
  }

  #askSome(times: number): void {
    const delegations = ['KEN', 'NOR'].map((name) => delegate(name.toLowerCase(), name).actor)
    for (let i = 0; i < times; i++) {
      const change = someChange(this.room)
      const unique = change.kind === 'alternative' ? { ...change, text: this.#letters.words(2) } : change
      ask(this.room, unique, this.#random.pick(delegations))
    }
    this.room.settleDown()
  }

  #sitDown(drafter: Drafter): void {
    const letters = lettersOf(drafter.state.doc)
    const inWords = letters.filter(
      ({ letter, pos, block }, i) =>
        isLetter(letter) &&
        isLetter(letters[i + 1]?.letter ?? '') &&
        letters[i + 1]!.pos === pos + 1 &&
        letters[i + 1]!.block === block,
    )
    if (inWords.length === 0) return
    const at = this.#random.pick(inWords)
    drafter.select(at.pos + 1)
    const own = letters.filter(({ block, letter }) => block === at.block && isLetter(letter))
    const after = letters.find(({ pos }) => pos === at.pos + 1)!.letter
    this.#idle.set(drafter, {
      before: at.letter,
      after,
      blocks: new Set([at.block]),
      letters: new Set(own.map(({ letter }) => letter)),
    })
  }

  step(): void {
    const r = this.#random
    if (r.chance(0.15)) this.#sitDown(r.pick(this.room.drafters))
    const result = this.room.command(this.#command(), chair)
    if (!result.ok) return
    this.room.settleDown()
    for (const [drafter, idle] of this.#idle) this.#check(drafter, idle)
  }

  #command(): Command {
    const r = this.#random
    const [open, all] = [openOf(this.room), allOf(this.room)]
    const decided = all.filter((id) => decisionOf(this.room.od, id))
    if (decided.length > 0 && (open.length === 0 || r.chance(0.45)))
      return { kind: 'decision-undo', proposal: r.pick(decided), reason: 'taken in error' }
    return this.#unique(decisionFor(this.room, r.pick(open)))
  }

  /** With letters that stand nowhere else, or as copies of those that they take the place of. */
  #unique(command: Command): Command {
    if (command.kind === 'proposal-accept' && command.text === 'otherwise')
      return { ...command, text: this.#letters.words(2) }
    if (command.kind !== 'proposals-merge') return command
    const text = command.proposals.map((id) => plainText(contentOf(this.room.od, id)!)).join(' ')
    return { ...command, text, bridge: newProposalId((length) => this.#random.bytes(length)) }
  }

  #check(drafter: Drafter, idle: Idle): void {
    const { doc, selection } = drafter.state
    const shown = lettersOf(doc)
    const known = shown.filter(({ letter }) => letter === idle.before || letter === idle.after)
    if (known.length === 0) return this.#checkGone(drafter, idle, shown)
    this.counts.checked++
    const where = () => `${idle.before}|${idle.after}: ${drafter.text()} at ${selection.head}`
    expect(isBeside(doc, selection.head, idle), where()).toBe(true)
    idle.blocks.add(idOf(selection.$head.parent))
    const places = drafter.binding.places()
    expect(places, where()).not.toBeNull()
    for (const viewer of this.room.drafters) {
      const pos = caretPosition(viewer.projection, viewer.state.doc, places!.head)
      expect(pos !== null && isBeside(viewer.state.doc, pos, idle), `shown: ${where()}`).toBe(true)
    }
  }

  /** A new paragraph that is accepted is what it was: only the first letter differs. An alternative is its paragraph’s. */
  #isSame(block: string, now: string): boolean {
    const ofParagraph = (id: string) => {
      const head = headOf(this.room.od, id as ProposalId)
      return head?.kind === 'alternative' ? head.paragraph : id
    }
    return now.slice(1) === block.slice(1) || ofParagraph(now) === ofParagraph(block)
  }

  /** Its letters are gone: it stands in what is left of its paragraph, or takes nothing. */
  #checkGone(drafter: Drafter, { blocks, letters }: Idle, shown: readonly Shown[]): void {
    this.counts.gone++
    if (drafter.binding.lost) {
      this.counts.lost++
      const before = drafter.text()
      drafter.type('x')
      expect(drafter.text()).toBe(before)
      return
    }
    const now = idOf(drafter.state.selection.$head.parent)
    const left = shown.some((at) => at.block === now && letters.has(at.letter))
    expect(
      left || [...blocks].some((block) => this.#isSame(block, now)),
      `in another paragraph: ${drafter.text()}`,
    ).toBe(true)
  }
}

/** Right behind the one letter or right before the other, signs aside; between them where they stand together. */
function isBeside(doc: Node, pos: number, { before, after }: Idle): boolean {
  const $pos = doc.resolve(pos)
  const letters = lettersOf(doc).filter((at) => at.block === idOf($pos.parent))
  const left = letters.findLast((at) => at.pos < pos)?.letter
  const right = letters.find((at) => at.pos >= pos)?.letter
  const together = letters.some((at, i) => at.letter === before && letters[i + 1]?.letter === after)
  return together ? left === before && right === after : left === before || right === after
}

function run(seed: number): History {
  try {
    const history = new History(seed)
    for (let step = 0; step < 16; step++) history.step()
    return history
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

const FAILED_BEFORE = {
  'two words of a wording taken in part, with others left out between them': 34,
  'a caret in a bridging text whose merger was taken back': 91,
  'letters gone on the left, and another bracket before those on the right': 535,
}

for (const [what, seed] of Object.entries(FAILED_BEFORE))
  test(`14.10 ${what}`, () => {
    expect(run(seed).counts.checked).toBeGreaterThan(0)
  })

test('14.10, 14.12 whatever is decided and taken back, each caret stands beside the letters it was put beside', () => {
  const total = { checked: 0, gone: 0, lost: 0 }
  const HISTORIES = histories(1 / 8)
  for (const seed of seedsUpTo(HISTORIES)) {
    const { counts } = run(seed)
    total.checked += counts.checked
    total.gone += counts.gone
    total.lost += counts.lost
  }
  // The histories are worth something only if they reach all of it.
  expect(total.checked).toBeGreaterThan(HISTORIES * 20)
  expect(total.gone).toBeGreaterThan(HISTORIES / 2)
  expect(total.lost).toBeGreaterThan(0)
})
