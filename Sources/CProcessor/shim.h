// Whether this processor has what the program was compiled for. The header is read with the
// compiler's own target, so that it knows.
#include <stdbool.h>

static inline bool processor_is_sufficient(void) {
#if defined(__x86_64__) && defined(__AVX2__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
#else
  return true;
#endif
}
