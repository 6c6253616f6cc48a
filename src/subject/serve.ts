/**
 * A subject as a program: requests come in as lines, answers go out as lines.
 *
 * Any subject can be served, so that whatever runs in this process can also be judged like
 * anybody's program.
 */
import type { Writable } from 'node:stream'
import { Conversation } from '../protocol/conversation.ts'
import { excerpt, LINE_FAULTS, type Line, LineDecoder } from '../protocol/framing.ts'
import type { Method, Params } from '../protocol/messages.ts'
import { Violation } from '../protocol/violation.ts'
import { type Asked, type Refused, readRequest, type Unserved, writeRefusal, writeResult } from '../protocol/wire.ts'
import { Refusal, type Subject } from './subject.ts'

/**
 * Answers requests in the order in which they come, until the input ends. A line that is no
 * request is answered with an error and costs nothing else.
 *
 * Ending the subject is left to the caller.
 *
 * @throws Violation by the subject if it answers what the protocol does not allow, RangeError if an answer is too long for a line,
 *   and whatever else the subject throws that is not a Refusal: there is no honest answer then, so the caller ends the program.
 */
export async function serve(subject: Subject, input: AsyncIterable<Uint8Array>, output: Writable): Promise<void> {
  const conversation = new Conversation()
  const decoder = new LineDecoder()
  for await (const chunk of input) {
    for (const line of decoder.push(chunk)) await write(output, await answer(subject, conversation, read(line)))
  }
  const rest = decoder.end()
  if (rest) await write(output, await answer(subject, conversation, read(rest)))
}

function read(line: Line): Asked | Unserved {
  if ('text' in line) return readRequest(line.text)
  return { id: null, code: 'bad-message', problem: `${LINE_FAULTS[line.fault]}: ${excerpt(line.start)}` }
}

async function answer(subject: Subject, conversation: Conversation, asked: Asked | Unserved): Promise<string> {
  if ('problem' in asked) return writeRefusal(asked.id, { code: asked.code, message: asked.problem })
  const { id, method } = asked
  try {
    const params = conversation.ask(method, asked.params)
    const result = await ask(subject, method, params)
    return writeResult(id, conversation.answer(method, params, result))
  } catch (error) {
    if (error instanceof Refusal) return writeRefusal(id, told(error))
    if (error instanceof Violation && error.culprit === 'suite') return writeRefusal(id, { code: 'bad-message', message: error.message })
    throw error
  }
}

const told = ({ code, message, events, changes }: Refusal): Refused => ({
  code,
  message,
  ...(events.length > 0 && { events: [...events] }),
  ...(changes && { changes: [...changes] }),
})

/** Who the subject is was told when it was connected; only the version that will be spoken is settled here. */
async function ask(subject: Subject, method: Method, params: Params<Method>): Promise<unknown> {
  if (method !== 'hello') return subject.request(method, params)
  const [lowest, highest] = (params as Params<'hello'>).protocol
  const { protocol } = subject.hello
  if (protocol >= lowest && protocol <= highest) return subject.hello
  throw new Refusal('unsupported', `version ${protocol} of the protocol is spoken here, and ${lowest} to ${highest} were offered`)
}

/** Resolves once the line is on its way. */
const write = (output: Writable, line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    output.write(line, (error) => (error ? reject(error) : resolve()))
  })
