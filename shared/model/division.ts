/** The kinds of divisions of a text that have numbers of their own. */
export const DIVISIONS = ['article', 'section', 'part', 'chapter', 'annex', 'option', 'action'] as const

/** `table`: its caption bears the number, and its cells count below it. It is no division that can be proposed. */
export type DivisionKind = (typeof DIVISIONS)[number] | 'table'
