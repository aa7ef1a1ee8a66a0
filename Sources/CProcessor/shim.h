// What Swift cannot say of the processor.
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Whether this processor has what the program was compiled for. The header is read with the
// compiler's own target, so that it knows.
static inline bool processor_is_sufficient(void) {
#if defined(__x86_64__) && defined(__AVX2__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
#else
  return true;
#endif
}

// Asks for the cache line of an address, which will be read once and soon. Any address may be given.
static inline void processor_prefetch_once(const void *address) {
  __builtin_prefetch(address, 0, 0);
}

// A bit for each of 64 bytes: 0 where the byte is 0.
static inline uint64_t processor_bits_of_bytes(const uint8_t *bytes) {
#if defined(__AVX2__)
  typedef char Lanes __attribute__((vector_size(32)));
  Lanes low, high;
  memcpy(&low, bytes, 32);
  memcpy(&high, bytes + 32, 32);
  const uint64_t clear_low = (uint32_t)__builtin_ia32_pmovmskb256(low == 0);
  const uint64_t clear_high = (uint32_t)__builtin_ia32_pmovmskb256(high == 0);
  return ~(clear_low | clear_high << 32);
#else
  uint64_t bits = 0;
  for (int group = 0; group < 8; group++) {
    uint64_t eight;
    memcpy(&eight, bytes + 8 * group, 8);
    // The upper bit of a byte that is not 0 carries; the product brings the eight bits together.
    const uint64_t lower = (eight & 0x7F7F7F7F7F7F7F7F) + 0x7F7F7F7F7F7F7F7F;
    const uint64_t ones = (lower | eight) >> 7 & 0x0101010101010101;
    bits |= (ones * 0x0102040810204080) >> 56 << 8 * group;
  }
  return bits;
#endif
}
