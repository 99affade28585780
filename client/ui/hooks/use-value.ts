import { useSyncExternalStore } from 'react'
import type { Observable } from '#client/observable.ts'

/** The value; the component renders again when it changes. */
export const useValue = <T>(observed: Observable<T>): T =>
  useSyncExternalStore(observed.subscribe, observed.get)

/** A part of the value; renders again only when that part changes. `select` must return a primitive or the same object. */
export const useSelected = <T, S>(observed: Observable<T>, select: (value: T) => S): S =>
  useSyncExternalStore(observed.subscribe, () => select(observed.get()))
