import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { classes } from '../parts/classes.ts'
import { Outline } from './outline.tsx'
import { strings } from '../strings.ts'
import styles from './outline-drawer.module.css'

/** The outline over the text, on windows that have no space beside it. */
export function OutlineDrawer({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={classes(styles.scrim)}
    >
      <Modal className={classes(styles.drawer)}>
        <Dialog aria-label={strings.outline.label} className={classes(styles.dialog)}>
          <Outline onChosen={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
