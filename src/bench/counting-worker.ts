/** Counts references on an object that is its own, or one that it shares. */
import { decref, incref } from '../runtime/refcount/biased.ts'
import { atOnce } from './at-once.ts'

atOnce((thread, object, operations) => {
  for (let i = 0; i < operations; i++) {
    incref(thread, object)
    decref(thread, object)
  }
})
