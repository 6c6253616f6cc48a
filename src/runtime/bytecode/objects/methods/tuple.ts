/** Methods of tuples. */
import { newInt } from '../int.ts'
import { equal } from '../operate/compare.ts'
import { raise } from '../raise.ts'
import { tupleItems } from '../tuple.ts'
import { type Methods, withOne } from './values.ts'

export const TUPLE_METHODS: Methods = {
  count: withOne('count', (m, tuple, item) => newInt(m, tupleItems(m.memory, tuple).filter((each) => equal(m, each, item)).length)),
  index: withOne('index', (m, tuple, item) => {
    const place = tupleItems(m.memory, tuple).findIndex((each) => equal(m, each, item))
    return place < 0 ? raise(m, 'ValueError', 'tuple.index(x): x not in tuple') : newInt(m, place)
  }),
}
