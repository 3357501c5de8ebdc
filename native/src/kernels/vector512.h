// Sixteen floats in a register. Included by avx512.cpp only.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace granary {
namespace avx512 {

constexpr int64_t lanes = 16;
constexpr int registers = 32;
using vec = __m512;
using mask = __mmask16;
using ints = __m512i;

inline vec zero() { return _mm512_setzero_ps(); }
inline vec broadcast(float x) { return _mm512_set1_ps(x); }
inline vec load(const float* p) { return _mm512_loadu_ps(p); }
inline void store(float* p, vec v) { _mm512_storeu_ps(p, v); }
inline mask first(int64_t n) { return static_cast<mask>((1u << n) - 1u); }
inline vec load(const float* p, int64_t n) { return _mm512_maskz_loadu_ps(first(n), p); }
inline void store(float* p, vec v, int64_t n) { _mm512_mask_storeu_ps(p, first(n), v); }
inline vec add(vec a, vec b) { return _mm512_add_ps(a, b); }
inline vec sub(vec a, vec b) { return _mm512_sub_ps(a, b); }
inline vec mul(vec a, vec b) { return _mm512_mul_ps(a, b); }
inline vec fma(vec a, vec b, vec c) { return _mm512_fmadd_ps(a, b, c); }
// The first n elements, zeros behind them.
inline vec keep(vec v, int64_t n) { return _mm512_maskz_mov_ps(first(n), v); }
inline float sum(vec v) { return _mm512_reduce_add_ps(v); }

// Elements 0, 2, 4... and 1, 3, 5... of the thirty-two in a and b.
inline vec evens(vec a, vec b) {
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b);
}
inline vec odds(vec a, vec b) {
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b);
}
// The first and the last sixteen of a0, b0, a1, b1...
inline vec mix_low(vec a, vec b) {
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), b);
}
inline vec mix_high(vec a, vec b) {
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), b);
}

// x beats y: greater, or not a number.
inline mask beats(vec x, vec y) { return _mm512_cmp_ps_mask(x, y, _CMP_GT_OQ) | _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q); }
inline vec select(mask m, vec yes, vec no) { return _mm512_mask_blend_ps(m, no, yes); }
inline ints all(int value) { return _mm512_set1_epi32(value); }
inline ints select(mask m, ints yes, ints no) { return _mm512_mask_blend_epi32(m, no, yes); }
inline vec only(ints a, int value, vec v) { return _mm512_maskz_mov_ps(_mm512_cmpeq_epi32_mask(a, _mm512_set1_epi32(value)), v); }
inline void store_bytes(uint8_t* p, ints v, int64_t n) { _mm512_mask_cvtepi32_storeu_epi8(p, first(n), v); }
inline ints load_bytes(const uint8_t* p, int64_t n) { return _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(first(n), p)); }

}  // namespace avx512
}  // namespace granary
