/** The text of the programs that a scenario ran. */
import type { Step } from '../log.ts'

/** The lines of each module's program, by the module's name. */
export function programsOf(steps: readonly Step[]): ReadonlyMap<string, readonly string[]> {
  const programs = new Map<string, readonly string[]>()
  for (const { exchanges } of steps) {
    for (const { method, request } of exchanges) {
      if (method === 'step' && request.op === 'code.run') programs.set(String(request.args.module), String(request.args.source).split('\n'))
    }
  }
  return programs
}

/** What stands in a line, counted from one, without its indentation; nothing if that is not known. */
export function lineOf(program: readonly string[], line: number): string {
  return program[line - 1]?.trim() ?? ''
}
