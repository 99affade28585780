import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Ledger } from './unsent/ledger.ts'
import type { SalvagedPiece } from './offline/salvage.ts'

/** A document that is still shown while a new one is being fetched. */
export interface Former {
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  /** Offers these pieces in place of those offered from this document before; false when they could not be kept. */
  readonly offer: (pieces: readonly SalvagedPiece[]) => boolean
  /** Whether its unsent work is put into the new document. */
  rejoins: boolean
  /** Destroys the document. */
  end(): void
}

/** `changed` is called after each change of the document, so that what is typed in it meanwhile is offered too. */
export function formerOf(parts: Omit<Former, 'end'>, changed: () => void): Former {
  const { doc } = parts.od
  doc.on('update', changed)
  return {
    ...parts,
    end: () => {
      doc.off('update', changed)
      doc.destroy()
    },
  }
}
