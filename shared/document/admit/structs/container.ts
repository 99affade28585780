import type * as Y from 'yjs'
import type { HostId, ParagraphId, ProposalId } from '../../../model/ids.ts'
import type { Root } from '../../schema.ts'

/** A shared type, named by its role in the document. */
export type Container =
  | { readonly kind: 'root'; readonly root: Root }
  | { readonly kind: 'paragraph'; readonly id: ParagraphId }
  | { readonly kind: 'proposal'; readonly id: ProposalId }
  /** `text` is null when this update creates the type. */
  | { readonly kind: 'text'; readonly host: HostId; readonly text: Y.Text | null }
  | { readonly kind: 'stray' }

/** Where an item is: in the sequence of a type (`key` null), or under a key of it. */
export interface StructPlace {
  readonly container: Container
  readonly key: string | null
}
