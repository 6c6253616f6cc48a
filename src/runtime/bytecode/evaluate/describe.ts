/** How objects are spoken of in messages. */
import type { Address } from '../../memory/memory.ts'
import { builtinOf } from '../objects/builtin-function.ts'
import { className, classNumber } from '../objects/class.ts'
import { FUNCTION_QUALIFIED_NAME } from '../objects/function.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { methodFunction } from '../objects/method.ts'
import type { Caller } from '../objects/mutator.ts'
import { text } from '../objects/operate/repr.ts'
import { textOf } from '../objects/str.ts'

/** Where what a program defines is said to be, unless its module says otherwise. */
const MODULE = '__main__'

/** What can be called, in the words of messages about its arguments. @see CPython Objects/object.c, _PyObject_FunctionStr */
export function describeCallable(m: Caller, callable: Address): string {
  const { memory } = m
  switch (kindOf(memory, callable)) {
    case Kind.FUNCTION:
      return `${MODULE}.${textOf(memory, memory.get(callable + FUNCTION_QUALIFIED_NAME))}()`
    case Kind.METHOD:
      return describeCallable(m, methodFunction(memory, callable))
    case Kind.BUILTIN_FUNCTION: {
      const { name, owner } = builtinOf(m, callable)
      return owner === undefined ? `${name}()` : `${owner}.${name}()`
    }
    case Kind.CLASS: {
      const name = className(memory, callable)
      return classNumber(memory, callable) === 0 ? `${MODULE}.${name}()` : `${name}()`
    }
    default:
      return text(m, callable)
  }
}
