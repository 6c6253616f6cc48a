/** For fast-check: the same cases every time, so that a test has one verdict. Change it to look further. */
export const SEEDED = { seed: 6_942_117 } as const
