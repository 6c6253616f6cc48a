/** Names that scenarios do not say, but mean. */

/** The object that a scenario is about when it names none. */
export const IT = 'it'

/** The initialisation that a scenario is about. */
export const ONCE = 'initialisation'

/** The word of memory that a scenario is about. */
export const WORD = 'word'

/** Where one thread makes many objects, this with a number is their name. */
export const MANY = 'many'

/** The lock, for many readers or one writer, that a scenario is about. */
export const SHARED_LOCK = 'shared lock'

/** The list that a scenario is about. */
export const LIST = 'list'

/** What the block of its items is called until it is resized for the first time. */
export const FIRST_ITEMS = 'list-1'

/** The module that a scenario is about. */
export const PROGRAM = 'program'
