import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { classes } from '../parts/classes.ts'
import styles from './document-screen.module.css'

/**
 * The bars that stay below the header while the text scrolls. `--bars` is their total height in pixels; the outline and
 * whatever is scrolled to are placed below them.
 */
export function StickyBars({ children }: { readonly children: ReactNode }) {
  const bars = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = bars.current
    if (!element) return
    const root = document.documentElement
    const measure = () => root.style.setProperty('--bars', `${element.offsetHeight}px`)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
      root.style.removeProperty('--bars')
    }
  }, [])
  return (
    <div ref={bars} className={classes(styles.bars)}>
      {children}
    </div>
  )
}
