/** Names that scenarios do not say, but mean. */

/** The object that a scenario is about when it names none. */
export const IT = 'it'

/** The initialisation that a scenario is about. */
export const ONCE = 'initialisation'

/** Where one thread makes many objects, this with a number is their name. */
export const MANY = 'many'
