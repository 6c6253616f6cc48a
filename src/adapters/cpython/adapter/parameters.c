#include "parameters.h"

#include "python.h"
#include "queues.h"
#include "versions.h"

#include "pycore_code.h"
#include "opcode_ids.h"

/* Numbers that no header declares, with the file that has them. */
enum {
    FIRST_SLOTS = 8,   /* Python/qsbr.c, MIN_ARRAY_SIZE */
    FAIR_AFTER = 1,    /* milliseconds: Python/lock.c, TIME_TO_BE_FAIR_NS */
    POLL_EVERY = 1,    /* milliseconds: Python/pystate.c, stop_the_world */
    FIRST_COPIES = 16, /* Objects/codeobject.c, INITIAL_SPECIALIZED_CODE_SIZE */
};

/* Python/qsbr.c, QSBR_DEFERRED_LIMIT, QSBR_FREE_MEM_LIMIT; Python/ceval_gil.c, _Py_HandlePending. */
#if DEFERS_BY_CALLS
#  define DEFERRAL "{\"rule\":\"calls\",\"limit\":10}"
#  define AT_SAFE_POINT "false"
#else
#  define DEFERRAL "{\"rule\":\"items-or-bytes\",\"items\":127,\"bytes\":1048576}"
#  define AT_SAFE_POINT "true"
#endif

/*
 * Python/bytecodes.c: where mortal constants have a form of their own, the first run chooses between the two; where no
 * constant has one, the general form borrows all of them.
 */
#if defined(LOAD_CONST_MORTAL)
#  define CONSTANTS_QUICKENED "when first run"
#elif defined(LOAD_CONST_IMMORTAL)
#  define CONSTANTS_QUICKENED "at creation"
#else
#  define CONSTANTS_QUICKENED "never"
#endif

/* The value after an attempt that failed and left this backoff; 0 if none leaves it. */
static unsigned
value_of_restart(unsigned backoff)
{
    for (uint16_t before = 0; before <= MAX_BACKOFF; before++) {
        unsigned word = restart_backoff_counter(make_backoff_counter(0, before)).value_and_backoff;
        if ((word & ((1u << BACKOFF_BITS) - 1)) == backoff) {
            return word >> BACKOFF_BITS;
        }
    }
    return 0;
}

static const char *const chapters[] = {"thread", "brc", "qsbr", "dfree", "tlbc", "immortal"};

void
write_hello(Text *text)
{
    const char *comma = "";
    text_print(text, "{\"name\":\"CPython\",\"version\":\"%s\",\"protocol\":1,\"profiles\":[", PY_VERSION);
    for (size_t index = 0; index < sizeof(chapters) / sizeof(chapters[0]); index++) {
        text_print(text, "%s{\"chapter\":\"%s\",\"level\":\"core\"},{\"chapter\":\"%s\",\"level\":\"extended\"}", comma,
                   chapters[index], chapters[index]);
        comma = ",";
    }
    text_print(text, "],\"depth\":\"stepped\",\"parameters\":{");
    text_print(text, "\"qsbr.sequence-bits\":%zu", 8 * sizeof(((struct _qsbr_shared *)NULL)->wr_seq));
    text_print(text, ",\"qsbr.first\":\"%d\",\"qsbr.step\":%d", QSBR_INITIAL, QSBR_INCR);
    text_print(text, ",\"qsbr.deferral\":" DEFERRAL ",\"qsbr.slots\":%d", FIRST_SLOTS);
    text_print(text, ",\"dfree.at-safe-point\":" AT_SAFE_POINT);
    text_print(text, ",\"dfree.chunk\":%d,\"brc.chunk\":%d", FREES_PER_CHUNK, _Py_OBJECT_STACK_CHUNK_SIZE);
    text_print(text, ",\"brc.buckets\":%d", _Py_BRC_NUM_BUCKETS);
    text_print(text, ",\"brc.local-limit\":\"%lu\"", (unsigned long)_Py_IMMORTAL_REFCNT_LOCAL - 1);
    text_print(text, ",\"brc.immortal-count\":\"%llu\"", (unsigned long long)_Py_IMMORTAL_INITIAL_REFCNT);
    text_print(text, ",\"tlbc.entries\":%d,\"tlbc.counter\":{\"value\":%d,\"warmUp\":", FIRST_COPIES,
               8 * (int)sizeof(_Py_BackoffCounter) - BACKOFF_BITS);
    text_print(text, "{\"value\":%d,\"backoff\":%d}", ADAPTIVE_WARMUP_VALUE, ADAPTIVE_WARMUP_BACKOFF);
    text_print(text, ",\"coolDown\":{\"value\":%d,\"backoff\":%d}", ADAPTIVE_COOLDOWN_VALUE, ADAPTIVE_COOLDOWN_BACKOFF);
    text_print(text, ",\"restarts\":[");
    for (unsigned backoff = 0; backoff <= MAX_BACKOFF; backoff++) {
        text_print(text, "%s%u", backoff == 0 ? "" : ",", value_of_restart(backoff));
    }
    text_print(text, "]");
    text_print(text, ",\"highest\":%d,\"unreachable\":%d}", MAX_BACKOFF, UNREACHABLE_BACKOFF);
    text_print(text, ",\"tlbc.families\":[\"BINARY_OP\",\"CONTAINS_OP\"],\"tlbc.constants\":\"" CONSTANTS_QUICKENED "\"");
    text_print(text, ",\"mutex.fair-after\":%d,\"world.poll-every\":%d}}", FAIR_AFTER, POLL_EVERY);
}
