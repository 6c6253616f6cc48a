/**
 * Scenarios that never ran: at least one of every verdict, of every kind of reply and of every
 * thing that is drawn, with a subject that means ill among them. What they say follows the rules.
 */
import {
  and,
  broke,
  did,
  failed,
  given,
  looked,
  NOTHING_LEFT,
  parked,
  refused,
  type SampleScenario,
  type SampleStep,
  scenario,
  skipped,
  thus,
  when,
  wrote,
} from './sample-steps.ts'

/** A name that wants to be markup, a terminal command and the other way round. */
export const HOSTILE = '</script><img src=x onerror="alert(1)">\u001b[31m\u202egnp.exe\u0000'

const entered = (actor: string, clock = '1') =>
  did(actor, 'thread.enter', {}, { events: [{ actor, event: 'registered' }], changes: [wrote(actor, `${actor}.sequence`, '0', clock)] })
const attached: SampleStep = given('Ada and Ben are attached', entered('Ada'), entered('Ben'))
const quietly: SampleStep = given('Ada and Ben are attached', did('Ada', 'thread.enter'), did('Ben', 'thread.enter'))

const owns: SampleStep = and(
  'Ada owns an object with one reference',
  did('Ada', 'object.create', { object: 'it' }, { changes: [wrote('Ada', 'it.local', '0', '1'), wrote('Ada', 'it.shared', '0', '0')] }),
)
const taken: SampleStep = when(
  'Ben takes a reference',
  did('Ben', 'object.incref', { object: 'it' }, { changes: [wrote('Ben', 'it.shared', '0', '1')] }),
)
const queued: SampleStep = when(
  'Ben drops a reference',
  did(
    'Ben',
    'object.decref',
    { object: 'it' },
    {
      events: [{ actor: 'Ben', event: 'queued', object: 'it', thread: 'Ada' }],
      changes: [wrote('Ben', 'it.state', 'none', 'queued'), wrote('Ben', 'Ada.queue', '0', '1')],
    },
  ),
)
const merged: SampleStep = when(
  'Ada reaches a safe point',
  did(
    'Ada',
    'thread.safe-point',
    {},
    {
      facts: { served: ['merge'], failed: null },
      events: [
        { actor: 'Ada', event: 'served', request: 'merge' },
        { actor: 'Ada', event: 'drained' },
        { actor: 'Ada', event: 'merged', object: 'it' },
        { actor: 'Ada', event: 'freed', object: 'it' },
      ],
      changes: [wrote('Ada', 'Ada.queue', '1', '0'), wrote('Ada', 'it.local', '1', '0'), wrote('Ada', 'it.state', 'queued', 'merged')],
    },
  ),
)

const counts = 'The owner and the other threads count separately'
const lastReference = 'Only a merged count can tell that the last reference is gone'
const goals = 'Advancing gives a goal, and polling says whether it is reached'

const advances = (goal: string, to: string): SampleStep =>
  when(
    `Ada advances to goal ${goal}`,
    did(
      'Ada',
      'qsbr.advance',
      {},
      {
        facts: { goal: to },
        events: [{ actor: 'Ada', event: 'advanced' }],
        changes: [wrote('Ada', 'clock.write', String(Number(to) - 2), to)],
      },
    ),
  )
const polls = (goal: string, to: string, reached: boolean, read = '1'): SampleStep =>
  thus(
    `Ada finds goal ${goal} ${reached ? '' : 'not '}reached`,
    did(
      'Ada',
      'qsbr.poll',
      { goal: to },
      {
        facts: { reached },
        events: [{ actor: 'Ada', event: 'scanned' }],
        changes: [wrote('Ada', 'clock.read', '1', read)],
      },
    ),
  )
const report = (to: string): SampleStep =>
  when(
    'Ada and Ben report quiescent states',
    ...['Ada', 'Ben'].map((actor) => did(actor, 'qsbr.quiescent', {}, { changes: [wrote(actor, `${actor}.sequence`, '1', to)] })),
  )

/** Everything there is to show. */
export const SCENARIOS: readonly SampleScenario[] = [
  scenario('THREAD-03.1', 'A thread attaches and detaches itself', 'A detached thread may not touch objects', [
    given('Ada is attached', did('Ada', 'thread.enter')),
    when('Ada detaches', did('Ada', 'thread.detach')),
    thus('Ada may not take a reference to x', refused('Ada', 'object.incref', { object: 'x' }, 'misuse')),
  ]),
  scenario('THREAD-04.1', 'A pause brings every other thread to rest', 'One thread stops two others and starts them again', [
    given('Ada, Ben and Cleo are attached', did('Ada', 'thread.enter'), did('Ben', 'thread.enter'), did('Cleo', 'thread.enter')),
    and('Cleo is detached', did('Cleo', 'thread.detach')),
    when('Ada stops the world', {
      method: 'step',
      request: { actor: 'Ada', op: 'world.stop', args: { scope: 'interpreter' } },
      reply: {
        status: 'parked',
        parked: { on: 'the others to come to rest', holders: ['Ben'] },
        events: [
          { actor: 'Ada', event: 'stopping', scope: 'interpreter' },
          { actor: 'Cleo', event: 'suspended' },
        ],
      },
    }),
    and('Ben reaches a safe point', {
      method: 'step',
      request: { actor: 'Ben', op: 'thread.safe-point', args: {} },
      reply: {
        status: 'parked',
        parked: { on: 'the end of the pause' },
        events: [
          { actor: 'Ben', event: 'suspended' },
          { actor: 'Ada', event: 'stopped', scope: 'interpreter' },
          { actor: 'Ada', event: 'resumed', op: 'world.stop', facts: {} },
        ],
      },
    }),
    thus('Ben and Cleo are suspended', did('Ada', 'await', {})),
    when(
      'Ada starts the world',
      did(
        'Ada',
        'world.start',
        { scope: 'interpreter' },
        {
          events: [
            { actor: 'Ada', event: 'started', scope: 'interpreter' },
            { actor: 'Ben', event: 'resumed', op: 'thread.safe-point', facts: { served: ['stop'], failed: null } },
          ],
        },
      ),
    ),
    thus('Ben is attached and Cleo is detached'),
  ]),
  scenario('THREAD-07.1', 'A mutex lets one thread in', 'A waiter that has waited long is handed the lock', [
    given('Ada and Ben are attached', did('Ada', 'thread.enter'), did('Ben', 'thread.enter')),
    and(
      'Ada holds mutex m',
      did('Ada', 'mutex.create', { mutex: 'm' }),
      did('Ada', 'mutex.lock', { mutex: 'm' }, { facts: { outcome: 'acquired' } }),
    ),
    when('Ben locks m', parked('Ben', 'mutex.lock', { mutex: 'm' }, 'mutex m', ['Ada'])),
    and('2 ms pass', did('Ada', 'time.pass', { milliseconds: 2 })),
    when(
      'Ada unlocks m',
      did(
        'Ada',
        'mutex.unlock',
        { mutex: 'm' },
        {
          events: [
            { actor: 'Ada', event: 'handed-off', thread: 'Ben', on: 'mutex m' },
            { actor: 'Ben', event: 'woken', on: 'mutex m' },
            { actor: 'Ben', event: 'resumed', op: 'mutex.lock', facts: { outcome: 'handed off' } },
          ],
        },
      ),
    ),
    thus('Ben holds m, handed off', did('Ben', 'await', {}, { facts: { outcome: 'handed off' } })),
  ]),
  scenario(
    'THREAD-08.1',
    'Only the calling thread survives a fork',
    'The child begins with one thread',
    [given('Ada and Ben are attached', did('Ada', 'thread.enter'), did('Ben', 'thread.enter')), skipped(when('Ada forks'))],
    { verdict: 'unsupported', reason: 'process.fork is not offered' },
  ),
  scenario('BRC-01.1', counts, 'Another thread takes a reference', [
    quietly,
    and('Ada owns an object with one reference', did('Ada', 'object.create', { object: 'it' })),
    when('Ben takes a reference', did('Ben', 'object.incref', { object: 'it' })),
    thus('the object has local count 1 and shared count 1', looked('it', { shared: '1' })),
  ]),
  scenario('BRC-01.2', counts, 'The owner takes a reference', [
    quietly,
    and('Ada owns an object with one reference', did('Ada', 'object.create', { object: 'it' }), looked('it')),
    when('Ada takes a reference', did('Ada', 'object.incref', { object: 'it' })),
    thus('the object has local count 2 and shared count 0', looked('it', { local: '2' })),
  ]),
  scenario('BRC-03.1', lastReference, 'Another thread drops the reference that the owner counted', [
    attached,
    owns,
    queued,
    thus('the object is queued for Ada, still alive', looked('it', { state: 'queued', queuedFor: 'Ada' })),
    merged,
    thus('the object is freed', looked('it', { local: '0', alive: false, owner: null, state: 'merged' })),
  ]),
  scenario(
    'BRC-03.2',
    lastReference,
    'The owner is no longer there to merge',
    [
      attached,
      owns,
      given(
        'Ada has exited',
        did(
          'Ada',
          'thread.exit',
          {},
          { events: [{ actor: 'Ada', event: 'unregistered' }], changes: [wrote('Ada', 'Ada.sequence', '1', '0')] },
        ),
      ),
      when(
        'Ben drops a reference',
        did(
          'Ben',
          'object.decref',
          { object: 'it' },
          {
            events: [{ actor: 'Ben', event: 'queued', object: 'it', thread: 'Ada' }],
            changes: [wrote('Ben', 'it.state', 'none', 'queued')],
          },
        ),
      ),
      failed(
        thus('the object is freed', looked('it', { state: 'queued', queuedFor: 'Ada' })),
        'it is freed: expected {"alive":false,"state":"merged"}, observed {"alive":true,"state":"queued"}',
      ),
      skipped(and('Ben has no request')),
    ],
    {
      verdict: 'fail',
      reason: 'it is freed: expected {"alive":false,"state":"merged"}, observed {"alive":true,"state":"queued"}',
      summary: { checks: 1, census: { ...NOTHING_LEFT, objects: 1, queued: 1 }, witnesses: ['queued', 'merged'], missing: ['merged'] },
    },
  ),
  scenario(
    'BRC-06.1',
    'An object is queued at most once',
    'Two threads drop at the same time',
    [
      attached,
      owns,
      taken,
      {
        ...failed(queued, 'the subject ended with signal SIGSEGV'),
        exchanges: [broke('Ben', 'object.decref', { object: 'it' }, 'crash', 'fatal: refcount below zero\n  at merge.c:88\n')],
      },
      skipped(thus('the object is queued once')),
    ],
    {
      verdict: 'crash',
      reason: 'the subject ended with signal SIGSEGV during step Ben object.decref',
      stderr: 'fatal: refcount below zero\n  at merge.c:88\n',
    },
  ),
  scenario(
    'BRC-06.2',
    'An object is queued at most once',
    'The owner drains while another thread drops',
    [attached, owns, { ...failed(merged, 'no answer within 10 s'), exchanges: [broke('Ada', 'thread.safe-point', {}, 'timeout')] }],
    { verdict: 'timeout', reason: 'no answer within 10 s during step Ada thread.safe-point', duration: 10_004 },
  ),
  scenario(
    'BRC-07.1',
    'A dead owner merges nothing',
    HOSTILE,
    [
      given(
        HOSTILE,
        did(
          HOSTILE.slice(0, 60),
          HOSTILE,
          { object: HOSTILE, [HOSTILE]: 3 },
          {
            facts: { [HOSTILE]: HOSTILE },
            events: [{ actor: 'Ada', event: 'freed', object: HOSTILE }],
            changes: [wrote('Ada', HOSTILE, HOSTILE, HOSTILE)],
          },
        ),
      ),
      {
        ...failed(thus(HOSTILE), HOSTILE),
        table: [
          [HOSTILE, 'b'],
          ['c', 'd'],
        ],
        docString: HOSTILE,
      },
    ],
    { verdict: 'protocol-violation', reason: HOSTILE, stderr: HOSTILE },
  ),
  scenario('BRC-09.1#1', 'Exactly one thread deallocates', 'Three threads drop in turn: Ada first', [
    attached,
    owns,
    taken,
    queued,
    merged,
  ]),
  scenario('BRC-09.1#2', 'Exactly one thread deallocates', 'Three threads drop in turn: Ben first', [attached, owns, queued, merged], {
    verdict: 'inconclusive',
    reason: 'no schedule with two preemptions was finished',
  }),
  scenario(
    'BRC-11.1',
    'Immortal objects are never counted',
    'An immortal object is dropped',
    [
      attached,
      {
        ...failed(thus('the object is immortal'), 'TypeError: undefined is not a function\n    at steps/refcounts.ts:8:3'),
        keyword: 'Then',
      },
    ],
    { verdict: 'error', reason: 'TypeError: undefined is not a function\n    at steps/refcounts.ts:8:3' },
  ),
  scenario('QSBR-01.1', goals, 'Nobody has reported a quiescent state, then everybody has', [
    attached,
    advances('g', '3'),
    polls('g', '3', false),
    report('3'),
    polls('g', '3', true, '3'),
  ]),
  scenario('QSBR-01.2', goals, 'Goals are reached one after the other', [
    attached,
    advances('early', '3'),
    report('3'),
    advances('late', '5'),
    polls('early', '3', true, '3'),
    polls('late', '5', false, '3'),
  ]),
  scenario('QSBR-02.1', 'A thread that has not reported holds the goal back', 'One of many has not reported', [
    given('the threads of a table are attached', ...Array.from({ length: 40 }, (_, index) => entered(`thread ${index + 1}`))),
    when(
      'thread 1 advances to goal g',
      did(
        'thread 1',
        'qsbr.advance',
        {},
        { facts: { goal: '3' }, events: [{ actor: 'thread 1', event: 'advanced' }], changes: [wrote('thread 1', 'clock.write', '1', '3')] },
      ),
    ),
    and(
      'all but thread 40 report',
      ...Array.from({ length: 39 }, (_, index) =>
        did(
          `thread ${index + 1}`,
          'qsbr.quiescent',
          {},
          { changes: [wrote(`thread ${index + 1}`, `thread ${index + 1}.sequence`, '1', '3')] },
        ),
      ),
    ),
    thus('goal g is not reached', did('thread 1', 'qsbr.poll', { goal: '3' }, { facts: { reached: false } })),
  ]),
  scenario(
    'QSBR-04.1',
    'Who has come to exactly the goal has come to it',
    'Everybody is exactly at the goal',
    [attached, advances('g', '3'), report('3'), polls('g', '3', true, '3')],
    { verdict: 'expected-failure', reason: 'goal g is reached: expected true, observed false' },
  ),
  scenario('QSBR-05.1', 'Detached threads hold nothing back', 'A thread detaches', [attached, advances('g', '3'), polls('g', '3', false)], {
    verdict: 'unexpected-pass',
    reason: 'it is listed as failing, and passes',
  }),
  scenario('QSBR-07.1', 'Comparisons survive wrap-around', 'The sequence wraps', [
    given(
      'the clock stands at its end',
      did(
        'Ada',
        'qsbr.begin-at',
        { sequence: '18446744073709551615' },
        { changes: [wrote('Ada', 'clock.write', '1', '18446744073709551615')] },
      ),
    ),
    when(
      'Ada advances to goal g',
      did(
        'Ada',
        'qsbr.advance',
        {},
        {
          facts: { goal: '1' },
          events: [{ actor: 'Ada', event: 'advanced' }],
          changes: [wrote('Ada', 'clock.write', '18446744073709551615', '1')],
        },
      ),
    ),
  ]),
  scenario('QSBR-08.1', 'The table of slots doubles under a pause', 'A ninth thread enters', [attached], {
    verdict: 'skipped',
    reason: 'left out by the user',
  }),
  scenario('DFREE-01.1', 'Memory waits for its readers', 'A reader holds a pointer', [
    attached,
    given('Ada publishes block b', did('Ada', 'block.allocate', { block: 'b', domain: 'memory' })),
    when(
      'Ada retires b',
      did(
        'Ada',
        'block.retire',
        { block: 'b' },
        { events: [{ actor: 'Ada', event: 'retired', block: 'b' }], changes: [wrote('Ada', 'Ada.pending', '0', '1')] },
      ),
    ),
    thus('Ben reads b intact', did('Ben', 'block.read', { block: 'b' }, { facts: { intact: true } })),
  ]),
  scenario(
    'DFREE-02.1',
    'Blocks go back to their own allocator',
    'Both domains',
    [
      attached,
      { ...failed(when('Ada retires b'), 'not claimed'), exchanges: [refused('Ada', 'block.retire', { block: 'b' }, 'unsupported')] },
    ],
    { verdict: 'untestable', reason: 'the subject claims dfree core and does not offer block.retire' },
  ),
  scenario('DFREE-03.1', 'Freed after some delay', 'A full chunk is processed', [
    attached,
    given(
      'Ada retires 253 blocks',
      did(
        'Ada',
        'block.retire-many',
        { prefix: 'b', count: 253, domain: 'objects' },
        { events: Array.from({ length: 253 }, (_, index) => ({ actor: 'Ada', event: 'retired' as const, block: `b-${index + 1}` })) },
      ),
    ),
    when(
      'Ada retires one more',
      did(
        'Ada',
        'block.retire',
        { block: 'last' },
        {
          events: [
            { actor: 'Ada', event: 'retired', block: 'last' },
            { actor: 'Ada', event: 'chunk-freed' },
          ],
        },
      ),
    ),
  ]),
]
