/** What a random history reached: histories that never come to something show nothing about it. */
export const noCoverage = () => ({
  typed: 0,
  caretChecks: 0,
  refused: 0,
  decisions: 0,
  undone: 0,
  kept: 0,
  replaced: 0,
  amendments: 0,
  struck: 0,
  newParagraphs: 0,
  composed: 0,
  formatted: 0,
  everything: 0,
  asked: 0,
  restructured: 0,
  agreed: 0,
  reopened: 0,
  onBehalf: 0,
  /** Somebody typed into an agreed paragraph, and nothing came of it. */
  barred: 0,
  drafted: 0,
  tabled: 0,
})

export type Coverage = ReturnType<typeof noCoverage>
