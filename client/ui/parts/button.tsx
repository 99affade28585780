import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './button.module.css'
import { classes } from './classes.ts'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly small?: boolean
  /** The key that does the same, shown beside the label. */
  readonly shortcut?: string
  readonly children: ReactNode
}

export function Button({ look = 'plain', small = false, shortcut, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(styles.button, styles[look], small && styles.small)}>
      {children}
      {shortcut && (
        <kbd className={classes(styles.key)} aria-hidden="true">
          {shortcut}
        </kbd>
      )}
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  /** Said by screen readers and shown as a tooltip. */
  readonly label: string
  readonly shortcut?: string
  readonly children: ReactNode
}

export function IconButton({ label, shortcut, children, ...rest }: IconButtonProps) {
  // The tooltip is hidden once the button is pressed, or it would take the Escape meant for what was opened.
  const [pressed, setPressed] = useState(false)
  return (
    <TooltipTrigger delay={500} closeDelay={80} isDisabled={pressed}>
      <AriaButton
        {...rest}
        onPressStart={() => setPressed(true)}
        onHoverEnd={() => setPressed(false)}
        onBlur={() => setPressed(false)}
        aria-label={label}
        className={classes(styles.icon)}
      >
        {children}
      </AriaButton>
      <Tooltip className={classes(styles.tooltip)} offset={6}>
        {label}
        {shortcut && <kbd className={classes(styles.key)}>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}

export const Key = ({ children }: { readonly children: ReactNode }) => (
  <kbd className={classes(styles.key, styles.standalone)}>{children}</kbd>
)
