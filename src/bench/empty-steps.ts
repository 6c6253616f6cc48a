/** Loaded after the steps: every step and hook does nothing, so that what is left is what cucumber-js itself costs. */
import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'

setDefinitionFunctionWrapper((code: (...args: unknown[]) => unknown) => {
  const empty = async (): Promise<void> => {}
  // Cucumber tells from the number of parameters whether a step gets what it asks for.
  return Object.defineProperty(empty, 'length', { value: code.length })
})
