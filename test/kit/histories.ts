/**
 * How many random histories a property test runs: so many times what INFORMALS_HISTORIES says, 300 unless it is set.
 * What is quick runs more than what opens databases, so that all of them together stay within minutes.
 */
export const histories = (share = 1): number =>
  Math.max(1, Math.ceil(Number(process.env['INFORMALS_HISTORIES'] ?? 300) * share))
