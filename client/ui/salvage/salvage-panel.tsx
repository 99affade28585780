import type { DocumentSession } from '#client/net/session.ts'
import type { OfferedPiece, Salvaged } from '#client/net/offline/salvage.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './salvage-panel.module.css'

/** Offers back words that the server has refused, to be copied or dismissed. */
export function SalvagePanel({ session }: { readonly session: DocumentSession }) {
  const salvaged = useValue(session.salvaged)
  if (salvaged.length === 0) return null
  return (
    <div className={classes(styles.panels)}>
      {salvaged.toReversed().map((one) => (
        <Offer key={one.id} salvaged={one} onDismiss={() => session.dismissSalvaged(one.id)} />
      ))}
    </div>
  )
}

function insteadOfWords({ deleted, quote }: OfferedPiece): string {
  if (quote === '') return strings.salvage.noWords
  return deleted ? strings.salvage.notDeleted(quote) : strings.salvage.deletion(quote)
}

function FormerPlace({ piece: { paragraph, quote, deleted } }: { readonly piece: OfferedPiece }) {
  const where = strings.salvage.where(paragraph, deleted ? '' : quote)
  return where === '' ? null : <span className={classes(styles.where)}>{where}</span>
}

interface OfferProps {
  readonly salvaged: Salvaged
  readonly onDismiss: () => void
}

function Offer({ salvaged, onDismiss }: OfferProps) {
  const pieces = salvaged.pieces.filter(
    (piece) => piece.text !== '' || piece.quote !== '' || piece.paragraph !== '',
  )
  const text = pieces
    .map((piece) => piece.text)
    .filter((words) => words !== '')
    .join('\n\n')
  return (
    // Announced only once, because an offer of a burst of typing grows with each key.
    <section
      className={classes(styles.panel)}
      role="alert"
      aria-atomic="false"
      aria-relevant="additions"
      aria-label={strings.salvage.title}
    >
      <h2>{strings.salvage.title}</h2>
      <p>{strings.salvage.body(salvaged.message, text !== '')}</p>
      <ul className={classes(styles.pieces)}>
        {pieces.map((piece, i) => (
          <li key={i}>
            <FormerPlace piece={piece} />
            <p dir="auto">{piece.text.trim() || piece.text || insteadOfWords(piece)}</p>
          </li>
        ))}
      </ul>
      <div className={classes(styles.actions)}>
        {text !== '' && <CopyButton text={text} label={strings.salvage.copyAll} />}
        <Button small look="quiet" onPress={onDismiss}>
          {strings.dismiss}
        </Button>
      </div>
    </section>
  )
}
