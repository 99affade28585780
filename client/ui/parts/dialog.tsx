import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { strings } from '../strings.ts'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'
import styles from './dialog.module.css'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** `side`: full height at the end of the screen, for lists beside the text; `full`: for texts to read; `screen`: all the room there is; `wide`: for lists in columns. */
  readonly shape?: 'centre' | 'side' | 'full' | 'screen' | 'wide'
  /**
   * Whether it can be closed without an answer: by Escape, a press outside of it or the close button. True by
   * default.
   */
  readonly dismissable?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, onClose, shape = 'centre', dismissable = true, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={classes(styles.scrim, styles[shape])}
    >
      <Modal className={classes(styles.modal)}>
        <AriaDialog className={classes(styles.dialog)}>
          <header className={classes(styles.head)}>
            <Heading slot="title" className={classes(styles.title)}>
              {title}
            </Heading>
            {dismissable && (
              <IconButton label={strings.close} onPress={onClose}>
                <X aria-hidden="true" />
              </IconButton>
            )}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
