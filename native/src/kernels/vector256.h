// Eight floats in a register. Included by avx2.cpp only.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace granary {
namespace avx2 {

constexpr int64_t lanes = 8;
constexpr int registers = 16;
using vec = __m256;
using mask = __m256;
using ints = __m256i;

inline vec zero() { return _mm256_setzero_ps(); }
inline vec broadcast(float x) { return _mm256_set1_ps(x); }
inline vec load(const float* p) { return _mm256_loadu_ps(p); }
inline void store(float* p, vec v) { _mm256_storeu_ps(p, v); }
inline __m256i first(int64_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
inline vec load(const float* p, int64_t n) { return _mm256_maskload_ps(p, first(n)); }
inline void store(float* p, vec v, int64_t n) { _mm256_maskstore_ps(p, first(n), v); }
inline vec add(vec a, vec b) { return _mm256_add_ps(a, b); }
inline vec sub(vec a, vec b) { return _mm256_sub_ps(a, b); }
inline vec mul(vec a, vec b) { return _mm256_mul_ps(a, b); }
inline vec fma(vec a, vec b, vec c) { return _mm256_fmadd_ps(a, b, c); }
// The first n elements, zeros behind them.
inline vec keep(vec v, int64_t n) { return _mm256_and_ps(v, _mm256_castsi256_ps(first(n))); }
inline float sum(vec v) {
    __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_shuffle_ps(half, half, 1)));
}

// Elements 0, 2, 4... and 1, 3, 5... of the sixteen in a and b.
inline vec sorted_quarters(vec v) { return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(v), _MM_SHUFFLE(3, 1, 2, 0))); }
inline vec evens(vec a, vec b) { return sorted_quarters(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0))); }
inline vec odds(vec a, vec b) { return sorted_quarters(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1))); }
// The first and the last eight of a0, b0, a1, b1...
inline vec mix_low(vec a, vec b) { return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x20); }
inline vec mix_high(vec a, vec b) { return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x31); }

// x beats y: greater, or not a number.
inline mask beats(vec x, vec y) { return _mm256_or_ps(_mm256_cmp_ps(x, y, _CMP_GT_OQ), _mm256_cmp_ps(x, x, _CMP_UNORD_Q)); }
inline vec select(mask m, vec yes, vec no) { return _mm256_blendv_ps(no, yes, m); }
inline ints all(int value) { return _mm256_set1_epi32(value); }
inline ints select(mask m, ints yes, ints no) { return _mm256_blendv_epi8(no, yes, _mm256_castps_si256(m)); }
inline vec only(ints a, int value, vec v) { return _mm256_and_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(a, _mm256_set1_epi32(value))), v); }
inline void store_bytes(uint8_t* p, ints v, int64_t n) {
    alignas(32) int32_t values[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(values), v);
    for (int64_t i = 0; i < n; ++i) p[i] = static_cast<uint8_t>(values[i]);
}
inline ints load_bytes(const uint8_t* p, int64_t n) {
    alignas(8) uint8_t values[8] = {};
    for (int64_t i = 0; i < n; ++i) values[i] = p[i];
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(values)));
}

}  // namespace avx2
}  // namespace granary
