/**
 * Faults of thread-local bytecode: specialized operations.
 */
import type { Fault } from '../fault.ts'

export const tlbcSpecialization: readonly Fault[] = [
  {
    id: 'attempts-without-backoff',
    title: 'attempts that fail come again at the same interval',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.10',
    file: 'bytecode/specialize/counter.ts',
    text: 'backoffOf(memory.loadRelaxed(of(unit))) + 1',
    replacement: 'Math.max(backoffOf(memory.loadRelaxed(of(unit))), 1)',
    why: 'What can never be specialized pays for the question at every other execution.',
  },
  {
    id: 'in-place-operators-left-out',
    title: 'an operation that is written with the assignment is not specialized',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.40',
    file: 'bytecode/specialize/binary-op.ts',
    text: 'FORMS[operation < IN_PLACE ? operation : operation - IN_PLACE]',
    replacement: 'FORMS[operation]',
    why: 'Sums in loops are written that way.',
  },
  {
    id: 'left-operand-not-looked-at',
    title: 'a form for two operands of one type looks at the right one',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.41',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: '  kindOf(memory, left) === kind && kindOf(memory, right) === kind\n',
    replacement: '  kindOf(memory, right) === kind\n',
    why: 'It takes the parts of one type for those of another.',
  },
  {
    id: 'misses-not-counted',
    title: 'a form that is wrong does not count it',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.7',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: 'const missed = binaryOp\n',
    replacement: 'const missed = binaryGeneric\n',
    why: 'It stays what it is for ever.',
  },
  {
    id: 'hits-counted',
    title: 'a form that is right counts that as well',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.6',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: '    const result = operate(safeIntegerOf(memory, left), safeIntegerOf(memory, right))\n',
    replacement: `    advance(memory, run.at)
    const result = operate(safeIntegerOf(memory, left), safeIntegerOf(memory, right))
`,
    why: 'After so many it is tried again for nothing.',
  },
  {
    id: 'membership-always-right',
    title: 'a membership test that is specialized never finds itself wrong',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.17',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: '    else containsOp(run, inverted)\n',
    replacement: '    else answer(run, contains(run.m, container, run.object(2)), inverted)\n',
    why: 'It stays what it is for ever.',
  },
  {
    id: 'variable-not-compared',
    title: 'appending in place does not look whether the variable still holds the left operand',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.13',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: ' && objectOf(run.local(index)) === left\n',
    replacement: '\n',
    why: 'What the variable holds is extended instead.',
  },
  {
    id: 'shared-string-extended',
    title: 'a string is extended in place although others hold it',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.18',
    file: 'bytecode/objects/str-text.ts',
    text: 'isUniquelyReferenced(m, left) && ',
    replacement: '',
    why: 'It changes for all of them.',
  },
]
