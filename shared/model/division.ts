/** The kinds of divisions of a text that have numbers of their own. */
export const DIVISIONS = ['article', 'section', 'part', 'chapter', 'annex', 'option', 'action'] as const
export type DivisionKind = (typeof DIVISIONS)[number]
