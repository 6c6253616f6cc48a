/**
 * The end of what an interpreter keeps for running code.
 *
 * The order is that of who refers to whom: what is built in refers to classes, classes to names, and constants
 * are last, with strings behind them. The singletons, which everything refers to, go with the interpreter itself.
 *
 * @see CPython Python/pylifecycle.c, finalize_interp_clear
 */
import { endBuiltins } from './builtins/prepare.ts'
import { endConstants } from './constants/end.ts'
import type { Mutator } from './objects/mutator.ts'
import { endClasses } from './objects/prepare.ts'

/** Ends it. The caller is the interpreter's last thread, and nothing that a program made is left. */
export function endCode(m: Mutator): void {
  if (m.memory.get(m.shared.prepared) !== 0) {
    endBuiltins(m)
    endClasses(m)
  }
  endConstants(m)
}
