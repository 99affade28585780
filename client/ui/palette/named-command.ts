/** Something that can be done, as the palette lists it. */
export interface NamedCommand {
  readonly id: string
  readonly name: string
  readonly shortcut?: string
  readonly run: () => void
}
