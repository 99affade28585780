import type { DOMOutputSpec, Mark, Node } from 'prosemirror-model'
import { Schema } from 'prosemirror-model'
import { toneOf } from '#client/tone.ts'
import type { ParticipantId } from '#shared/model/ids.ts'

/**
 * What the editor shows. A paragraph is flat text: bracket signs and names are characters with a `sign` mark, wording
 * carries `content` marks (outermost first) and asked deletions `struck` marks. These three are projections: nothing
 * of them is stored, and what is pasted loses them. Stored formats are `em` and `strong`.
 */
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const block = (tag: string, kind: string, node: Node): DOMOutputSpec => {
  const { id, label, open, by, chapeau, space } = node.attrs as Record<string, unknown> & { open: number }
  const classes = `block ${kind}${by ? ' proposed' : ''}`
  const attributes: Record<string, string> = { class: classes, 'data-id': text(id), dir: 'auto' }
  if (label) attributes['data-label'] = text(label)
  if (open) attributes['data-open'] = String(open)
  if (chapeau) attributes['data-chapeau'] = ''
  if (by) {
    attributes['data-by'] = text(by)
    attributes['data-tone'] = String(toneOf(by as ParticipantId))
  }
  if (space) attributes['data-space'] = text(space)
  return [tag, attributes, 0]
}

const author = (mark: Mark): Record<string, string> => {
  const { id, by, own, space } = mark.attrs as { id: string; by: string; own: boolean; space: string }
  const attributes: Record<string, string> = {
    'data-id': id,
    'data-by': by,
    'data-tone': String(toneOf(by as ParticipantId)),
  }
  if (own) attributes['data-own'] = ''
  // Only its own delegation sees it.
  if (space) attributes['data-space'] = space
  return attributes
}

/**
 * Reads back what was drawn. Wherever the browser has written into an element (an input method does), ProseMirror
 * parses it by these rules: without them the words there would lose their brackets, and signs would seem deleted.
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
        label: { default: '' },
        open: { default: 0 },
        chapeau: { default: false },
        space: { default: '' },
        /** Set for a proposed new paragraph. */
        by: { default: '' },
      },
      toDOM: (node) => block('p', 'paragraph', node),
      parseDOM: [{ tag: 'p' }, { tag: 'li' }, { tag: 'div' }],
    },
    heading: {
      group: 'block',
      content: 'text*',
      attrs: { id: { default: '' }, open: { default: 0 } },
      toDOM: (node) => block('h2', 'heading', node),
      parseDOM: [{ tag: 'h1,h2,h3,h4,h5,h6' }],
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
        return ['span', { class: 'sign', 'data-side': text(mark.attrs.side), ...shape, ...author(mark) }, 0]
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
  },
})
