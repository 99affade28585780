import { EditorState, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { schema } from '#client/editor/schema.ts'
import { createEditor } from '#client/editor/editor.ts'
import type { Editor } from '#client/editor/contract.ts'
import { contentOf, openDocument, paragraphsInOrder, baseTextOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Role } from '#shared/model/role.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import type { Size } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

/** What the bench runs in the page: the real editor, or ProseMirror alone, and clocks around them. */

export type Where = 'own' | 'base' | 'facilitator'

export interface Spans {
  /** From the browser's change until the editor is done with it and drawn anew, in milliseconds. */
  readonly script: readonly number[]
  /** From the key until the next frame is handed over. */
  readonly paint: readonly number[]
}

export interface BenchPage {
  openEditor(size: Size, where: Where): { view: number; blocks: number; nodes: number }
  openPlain(size: Size, text: 'same' | 'none'): { view: number; blocks: number; nodes: number }
  /** Puts the caret into the nth place of its kind, in the middle of the screen. */
  place(nth: number): void
  start(): void
  spans(): Spans
  /** A second replica changes something this many times; the milliseconds each takes here. */
  remote(what: 'same-paragraph' | 'elsewhere', times: number): number[]
}

const SEED = 7
const script: number[] = []
const paint: number[] = []
let place: (nth: number) => void = () => undefined
let shown: OutcomeDocument | null = null

const host = (): HTMLElement => document.querySelector<HTMLElement>('#place')!
const root = (): HTMLElement => document.querySelector<HTMLElement>('.ProseMirror')!

const counts = () => ({
  blocks: root().childElementCount,
  nodes: document.querySelectorAll('.ProseMirror *').length,
})

/** Until the layout is done: what a first view costs before it can be painted. */
function timed(run: () => void): number {
  const start = performance.now()
  run()
  document.body.getBoundingClientRect()
  return performance.now() - start
}

/** In bundles the editor's view is not to be had; the caret goes where a person would put it. */
function select(node: Node | null | undefined, offset: number): void {
  if (!node) throw new Error('nowhere to put the caret')
  root().focus({ preventScroll: true })
  node.parentElement?.scrollIntoView({ block: 'center' })
  getSelection()?.collapse(node, offset)
}

const ACTORS: Record<Where, { role: Role; participant: ParticipantId }> = {
  own: { role: 'delegation', participant: 'KEN' as ParticipantId },
  base: { role: 'delegation', participant: 'KEN' as ParticipantId },
  facilitator: { role: 'facilitator', participant: FACILITATORS },
}

/** Text nodes of a kind, from the middle of the document on. */
function stretchesOf(selector: string): Node[] {
  const blocks = [...document.querySelectorAll('.ProseMirror > p')]
  const later = blocks.slice(Math.floor(blocks.length / 2))
  return later.flatMap((block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement?.matches(selector) && (textContent?.length ?? 0) > 8) return [walker.currentNode]
    }
    return []
  })
}

function read(size: Size): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  Y.applyUpdate(od.doc, Y.encodeStateAsUpdate(bigDocument(new Random(SEED), size).doc))
  return od
}

const bench: BenchPage = {
  openEditor(size, where) {
    const od = read(size)
    shown = od
    let editor: Editor | null = null
    const view = timed(() => {
      editor = createEditor({
        place: host(),
        od,
        actor: { person: 'bench' as PersonId, name: 'Bench', ...ACTORS[where] },
        view: 'all',
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
        onCaret: () => undefined,
        onMove: () => undefined,
        // As the interface does: the board is read once a frame at most, and is part of what a key costs.
        onBoard: () => editor?.board(),
        onLayout: () => undefined,
      })
    })
    const selector = where === 'own' ? 'ins.content[data-own]' : 'p'
    place = (nth) => select(stretchesOf(selector)[nth], 4)
    return { view, ...counts() }
  },

  openPlain(size, text) {
    const od = read(size)
    const paragraphs = paragraphsInOrder(od).map(({ id }) => {
      const words = text === 'same' ? (baseTextOf(od, id)?.toJSON() ?? '') : ''
      return schema.nodes.paragraph!.create(null, words === '' ? null : schema.text(words))
    })
    const doc = schema.nodes.doc!.create(null, text === 'same' ? paragraphs : paragraphs.slice(0, 1))
    let editor: EditorView | null = null
    const view = timed(() => {
      editor = new EditorView(host(), { state: EditorState.create({ doc }) })
    })
    place = (nth) => {
      if (!editor) return
      const { state } = editor
      const at = state.doc.childCount === 1 ? 1 : Math.floor(state.doc.content.size / 2) + nth * 500
      editor.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(at))))
      editor.focus()
      editor.domAtPos(state.selection.head).node.parentElement?.scrollIntoView({ block: 'center' })
    }
    return { view, ...counts() }
  },

  place: (nth) => place(nth),

  start() {
    script.length = 0
    paint.length = 0
  },

  spans: () => ({ script: [...script], paint: [...paint] }),

  remote(what, times) {
    const od = shown
    if (!od) return []
    const other = openDocument(new Y.Doc())
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(od.doc))
    const ids = [...other.proposals.keys()]
    const same = ids[Math.floor(ids.length / 2)]!
    const updates: Uint8Array[] = []
    other.doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < times; i++) {
      const id = what === 'same-paragraph' ? same : ids[(i * 7) % ids.length]!
      contentOf(other, id as Parameters<typeof contentOf>[1])?.insert(0, 'z')
    }
    return updates.map((update) => {
      const start = performance.now()
      Y.applyUpdate(od.doc, update, 'remote')
      return performance.now() - start
    })
  },
}

function watchKeys(): void {
  document.addEventListener(
    'keydown',
    () => {
      const start = performance.now()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.addEventListener('message', () => paint.push(performance.now() - start))
        channel.port1.start()
        channel.port2.postMessage(null)
      })
    },
    { capture: true },
  )
  // A key that the editor writes by itself is done when the event has been through.
  let pressed = 0
  document.addEventListener('keypress', () => (pressed = performance.now()), { capture: true })
  document.addEventListener('keypress', (event) => {
    if (event.defaultPrevented) script.push(performance.now() - pressed)
  })
  // One that it leaves to the browser is read from what the browser did.
  document.addEventListener('input', () => {
    const start = performance.now()
    // ProseMirror reads the change in a mutation observer's microtask, which was queued before this one.
    queueMicrotask(() => script.push(performance.now() - start))
  })
}

watchKeys()
Object.assign(window, { bench })
