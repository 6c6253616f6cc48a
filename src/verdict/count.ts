// Kept, since making one takes longer than a thousand uses.
const NUMBERS = new Intl.NumberFormat('en')

/**
 * How many there are of something, in words: `1 race`, `1,200 races`.
 *
 * @param several the word for more than one, unless it only takes an "s".
 */
export const count = (many: number, one: string, several = `${one}s`): string => `${NUMBERS.format(many)} ${many === 1 ? one : several}`
