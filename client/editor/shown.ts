import type { Projection } from '#shared/document/composition/projection.ts'
import type { Binding } from './binding.ts'
import type { Writer } from './rights/rights.ts'
import type { Undo } from './undo.ts'

/**
 * What belongs to one view of the text. It is built anew when the view, the person, the name or the documents change.
 */
export interface Shown {
  readonly projection: Projection
  readonly binding: Binding
  /** Null in a view that is for reading. */
  readonly undo: Undo | null
  readonly editable: boolean
  /** As whom typed text is written. */
  readonly writer: Writer
}

/** Attributes of the content-editable element. They switch off corrections by the browser. */
export const TEXT_ATTRIBUTES = {
  role: 'textbox',
  'aria-multiline': 'true',
  'aria-label': 'Draft text',
  spellcheck: 'false',
  autocorrect: 'off',
  autocapitalize: 'off',
} as const
