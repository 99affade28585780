import type { Selected } from '#client/editor/carets/selected.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'

/** A text to compare: a revision, the text as of a log row, or the text now. */
export type Side =
  | { readonly kind: 'revision'; readonly number: number }
  | { readonly kind: 'sequence'; readonly sequence: number }
  | { readonly kind: 'now' }

/** A dialog about a particular object. At most one is open. */
export type OpenDialog =
  | { readonly kind: ParagraphTask; readonly paragraph: ParagraphId }
  | { readonly kind: 'comments'; readonly on: HostId | null }
  | { readonly kind: 'decision-reopen'; readonly proposal: ProposalId }
  /** A footnote behind the selected words, or at the caret. */
  | { readonly kind: 'new-note'; readonly behind: Selected }
  /** Null: of the document. */
  | { readonly kind: 'language'; readonly paragraph: ParagraphId | null }
  | { readonly kind: 'phrase'; readonly selected: Selected }
  | { readonly kind: 'revisions'; readonly open: number | null }
  | { readonly kind: 'compare'; readonly from: Side; readonly to: Side }
  | { readonly kind: 'silence-break'; readonly paragraphs: readonly ParagraphId[] }
  | { readonly kind: PlainTask }

export type ParagraphTask =
  | 'agree'
  | 'reopen'
  | 'move'
  | 'alternative'
  | 'newBelow'
  | 'newHeading'
  | 'position'
  | 'paragraph-history'
  | 'options'

export type PlainTask =
  | 'revision-issue'
  | 'since'
  | 'silence-place'
  | 'silence-extend'
  | 'silence'
  | 'meeting'
  | 'attribution'
  | 'writing-for'
  | 'filter'
