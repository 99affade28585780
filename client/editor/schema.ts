import type { DOMOutputSpec, Mark, Node } from 'prosemirror-model'
import { Schema } from 'prosemirror-model'
import { toneOf } from '#client/tone.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { directionOf } from '#shared/model/language.ts'
import { gridAttributes } from './draw/grid.ts'
import type { Language } from '#shared/model/language.ts'

/**
 * The ProseMirror schema of the shown text. A paragraph is flat text: bracket signs and names are characters with a
 * `sign` mark, wordings have `content` marks (outermost first), and proposed deletions have `struck` marks. These
 * three and `unbroken` are computed from the proposals, never stored, and removed from pasted text. Stored formats are
 * `em` and `strong`.
 */
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is deeper is drawn at this level. */
const DEEPEST_DRAWN = 4

const block = (tag: string, kind: string, node: Node): DOMOutputSpec => {
  const { id, label, open, by, chapeau, space, level, unmarked, lang, unprinted, cell, caption } =
    node.attrs as Record<string, unknown> & {
      open: number
      level: number
    }
  const classes = `block ${kind}${by ? ' proposed' : ''}${caption ? ' caption' : ''}${cell ? ' cell' : ''}`
  const attributes: Record<string, string> = { class: classes, 'data-id': text(id), dir: 'auto' }
  if (lang) {
    attributes.lang = text(lang)
    attributes.dir = directionOf(lang as Language)
  }
  if (label) attributes['data-label'] = text(label)
  if (label && isWorded(text(label))) attributes['data-worded'] = ''
  if (level) attributes['data-level'] = String(Math.min(level, DEEPEST_DRAWN))
  if (open) attributes['data-open'] = String(open)
  if (chapeau) attributes['data-chapeau'] = ''
  if (unprinted) attributes['data-unprinted'] = ''
  if (by) {
    attributes['data-by'] = text(by)
    attributes['data-tone'] = String(toneOf(by as ParticipantId))
  }
  if (space) attributes['data-space'] = text(space)
  if (unmarked) attributes['data-unmarked'] = ''
  if (cell) Object.assign(attributes, gridAttributes(text(cell)))
  return [tag, attributes, 0]
}

/** Whether a label begins with a word: "Option 2". It does not fit beside a paragraph. */
const isWorded = (label: string): boolean => /^\p{L}{3}/u.test(label)

const author = (mark: Mark): Record<string, string> => {
  const { id, by, own, space } = mark.attrs as { id: string; by: string; own: boolean; space: string }
  const attributes: Record<string, string> = {
    'data-id': id,
    'data-by': by,
    'data-tone': String(toneOf(by as ParticipantId)),
  }
  if (own) attributes['data-own'] = ''
  // Present only on the screens of the draft's own delegation.
  if (space) attributes['data-space'] = space
  return attributes
}

/**
 * Reads the attributes of a drawn element back. ProseMirror parses elements into which the browser has written (for
 * example by an input method) with these rules; without them words there would lose their brackets.
 */
const drawn = ({ dataset }: HTMLElement) => ({
  id: dataset.id ?? '',
  by: dataset.by ?? '',
  own: dataset.own !== undefined,
  space: dataset.space ?? '',
})

const AUTHORED = { id: {}, by: {}, own: { default: false }, space: { default: '' } }

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: {
      group: 'block',
      content: 'text*',
      attrs: {
        id: { default: '' },
        /** The last step of its reference. */
        label: { default: '' },
        level: { default: 0 },
        open: { default: 0 },
        /** The language of its text; '' when it is not known. */
        lang: { default: '' },
        chapeau: { default: false },
        space: { default: '' },
        /** Set for a proposed new paragraph. */
        by: { default: '' },
        /** Whether its number is left out in print. */
        unprinted: { default: false },
        /** Where it stands in a table, as {@link gridPlace} writes it; '' for what is no cell. */
        cell: { default: '' },
        /** Whether it is the caption of a table. */
        caption: { default: false },
      },
      toDOM: (node) => block('p', 'paragraph', node),
      parseDOM: [{ tag: 'p' }, { tag: 'li' }, { tag: 'div' }],
    },
    heading: {
      group: 'block',
      content: 'text*',
      attrs: {
        id: { default: '' },
        label: { default: '' },
        level: { default: 0 },
        open: { default: 0 },
        lang: { default: '' },
        space: { default: '' },
        /** Set for a proposed heading. */
        by: { default: '' },
      },
      toDOM: (node) => block(node.attrs.level ? 'h3' : 'h2', 'heading', node),
      parseDOM: [{ tag: 'h1,h2,h3,h4,h5,h6' }],
    },
    /** A footnote. */
    note: {
      group: 'block',
      content: 'text*',
      attrs: {
        id: { default: '' },
        label: { default: '' },
        open: { default: 0 },
        lang: { default: '' },
        /** Whether its mark is gone from the text. */
        unmarked: { default: false },
      },
      toDOM: (node) => block('p', 'note', node),
      parseDOM: [{ tag: 'p.note', priority: 60 }],
    },
    separator: {
      group: 'block',
      atom: true,
      selectable: false,
      attrs: { id: { default: '' } },
      toDOM: (node) => [
        'div',
        { class: 'block separator', 'data-id': text(node.attrs.id), role: 'separator' },
        '* * *',
      ],
    },
    text: {},
  },
  marks: {
    content: {
      attrs: AUTHORED,
      excludes: '',
      // What is typed at its end belongs to it; so ProseMirror's own transaction is already right.
      inclusive: true,
      toDOM: (mark) => ['ins', { class: 'content', ...author(mark) }, 0],
      parseDOM: [{ tag: 'ins.content', getAttrs: drawn }],
    },
    struck: {
      attrs: AUTHORED,
      excludes: '',
      inclusive: false,
      toDOM: (mark) => ['del', { class: 'struck', ...author(mark) }, 0],
      parseDOM: [{ tag: 'del.struck', getAttrs: drawn }],
    },
    sign: {
      /** `long`: it may be broken between its names. `tight`: no line breaks on either side of it. */
      attrs: { ...AUTHORED, side: {}, long: { default: false }, tight: { default: false } },
      excludes: '',
      inclusive: false,
      toDOM: (mark) => {
        const shape = {
          ...(mark.attrs.long === true ? { 'data-long': '' } : {}),
          ...(mark.attrs.tight === true ? { 'data-tight': '' } : {}),
        }
        const side = text(mark.attrs.side)
        const role = side === 'note' ? { role: 'doc-noteref' } : {}
        return ['span', { class: 'sign', 'data-side': side, ...role, ...shape, ...author(mark) }, 0]
      },
      parseDOM: [
        {
          tag: 'span.sign',
          getAttrs: (sign) => ({
            ...drawn(sign),
            side: sign.dataset.side ?? '',
            long: sign.dataset.long !== undefined,
            tight: sign.dataset.tight !== undefined,
          }),
        },
      ],
    },
    em: { toDOM: () => ['em', 0], parseDOM: [{ tag: 'em' }, { tag: 'i' }] },
    strong: { toDOM: () => ['strong', 0], parseDOM: [{ tag: 'strong' }, { tag: 'b' }] },
    /** Words that a line does not part from the bracket sign beside them. */
    unbroken: {
      excludes: '',
      inclusive: false,
      toDOM: () => ['span', { class: 'unbroken' }, 0],
      parseDOM: [{ tag: 'span.unbroken' }],
    },
  },
})
