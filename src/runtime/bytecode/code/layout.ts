/**
 * What ending a code object needs to know.
 *
 * @see CPython Objects/codeobject.c, code_dealloc
 */
import { NULL } from '../../memory/memory.ts'
import type { Layout } from '../objects/layout.ts'
import {
  CODE_NAME,
  CODE_QUALIFIED_NAME,
  CONSTANTS,
  COPIES,
  FILENAME,
  HANDLERS,
  LINES,
  LOCAL_KINDS,
  LOCAL_NAMES,
  MONITORING,
  mainCopy,
  NAMES,
} from './code-object.ts'
import { copiesOf } from './copy-array.ts'

const REFERENCES = [CODE_NAME, CODE_QUALIFIED_NAME, FILENAME, LOCAL_NAMES, NAMES, CONSTANTS]

const BLOCKS = [LOCAL_KINDS, HANDLERS, LINES, MONITORING, COPIES]

export const CODE_LAYOUT: Layout = {
  name: 'code',
  visit(memory, code, each) {
    for (const at of REFERENCES) each(memory.get(code + at))
  },
  /** Whoever dropped the last reference frees the copies of all threads: nobody can be running one. */
  release(m, code) {
    const { memory } = m
    // The main copy goes with the object.
    for (const copy of copiesOf(memory, code)) if (copy !== mainCopy(code)) m.free(copy)
    for (const at of BLOCKS) {
      const block = memory.get(code + at)
      if (block !== NULL) m.free(block)
    }
  },
}
