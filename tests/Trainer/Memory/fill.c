/* Preloaded into a process by UnwrittenMemoryTests: every block that the process gets from posix_memalign, which is where libtorch
   and oneDNN get theirs, is filled with the byte of the environment variable GRANARY_FILL. The C standard leaves the content of such a
   block open, so whoever reads it before writing to it computes something else with each byte. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t filled;

__attribute__((destructor)) static void tell(void) { fprintf(stderr, "filled %zu bytes\n", filled); }

int posix_memalign(void **block, size_t alignment, size_t size)
{
    static int (*allocate)(void **, size_t, size_t);
    static int fill = -1;
    if (!allocate) {
        const char *text = getenv("GRANARY_FILL");
        fill = text ? atoi(text) : 0;
        allocate = (int (*)(void **, size_t, size_t))dlsym(RTLD_NEXT, "posix_memalign");
    }
    int result = allocate(block, alignment, size);
    if (result == 0) {
        memset(*block, fill, size);
        __atomic_fetch_add(&filled, size, __ATOMIC_RELAXED);
    }
    return result;
}
