#include "fatal.h"

#include <setjmp.h>
#include <stdlib.h>

#include "operations.h"

void __real_abort(void) __attribute__((noreturn));
void __wrap_abort(void) __attribute__((noreturn));

/* Where the calling thread goes on instead of ending the process; NULL if it does not. */
static __thread jmp_buf *refuge;

void
__wrap_abort(void)
{
    if (refuge) {
        longjmp(*refuge, 1);
    }
    __real_abort();
}

bool
survive(Actor *actor, void (*act)(void *argument), void *argument)
{
    jmp_buf here;
    jmp_buf *outer = refuge;
    if (setjmp(here) == 0) {
        refuge = &here;
        act(argument);
        refuge = outer;
        return true;
    }
    refuge = outer;
    return refuse(actor, "corrupted", "the interpreter has noticed a wrong count, and has ended with a fatal error");
}
