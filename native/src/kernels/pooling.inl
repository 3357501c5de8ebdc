// Greatest values of windows. The place of each is kept as a byte: an eighth of what libtorch writes and reads back.

namespace pool {

inline bool is_greater(float x, float y) { return x > y || x != x; }

// Windows of 2x2 side by side, the usual case.
inline bool is_quarter(const PoolShape& s) {
    return s.kernel_height == 2 && s.kernel_width == 2 && s.stride_height == 2 && s.stride_width == 2 && s.pad_height == 0 && s.pad_width == 0 &&
           2 * s.out_height <= s.height && 2 * s.out_width <= s.width;
}

inline void quarter_row(const float* upper, const float* lower, float* y, uint8_t* where, int64_t n) {
    const int64_t left = n <= lanes / 2 ? 2 * n : lanes, right = 2 * n - left;
    const vec a = load(upper, left), b = right > 0 ? load(upper + lanes, right) : zero();
    const vec c = load(lower, left), d = right > 0 ? load(lower + lanes, right) : zero();
    vec best = evens(a, b);
    ints place = all(0);
    const vec others[] = {odds(a, b), evens(c, d), odds(c, d)};
    for (int k = 0; k < 3; ++k) {
        const mask m = beats(others[k], best);
        best = select(m, others[k], best);
        place = select(m, all(k + 1), place);
    }
    store(y, best, n);
    store_bytes(where, place, n);
}

inline void quarter(const PoolShape& s, const float* x, float* y, uint8_t* where) {
    for (int64_t r = 0; r < s.out_height; ++r, x += 2 * s.width, y += s.out_width, where += s.out_width) {
        for (int64_t i = 0; i < s.out_width; i += lanes) {
            const int64_t n = s.out_width - i < lanes ? s.out_width - i : lanes;
            quarter_row(x + 2 * i, x + s.width + 2 * i, y + i, where + i, n);
        }
    }
}

inline void quarter_row_backward(const float* dy, const uint8_t* where, float* upper, float* lower, int64_t n) {
    const vec g = load(dy, n);
    const ints place = load_bytes(where, n);
    const int64_t left = n <= lanes / 2 ? 2 * n : lanes, right = 2 * n - left;
    float* const rows[] = {upper, lower};
    for (int k = 0; k < 2; ++k) {
        const vec even = only(place, 2 * k, g), odd = only(place, 2 * k + 1, g);
        store(rows[k], mix_low(even, odd), left);
        if (right > 0) store(rows[k] + lanes, mix_high(even, odd), right);
    }
}

inline void quarter_backward(const PoolShape& s, const float* dy, const uint8_t* where, float* dx) {
    const int64_t rest = s.width - 2 * s.out_width;
    for (int64_t r = 0; r < s.out_height; ++r, dx += 2 * s.width, dy += s.out_width, where += s.out_width) {
        for (int64_t i = 0; i < s.out_width; i += lanes) {
            const int64_t n = s.out_width - i < lanes ? s.out_width - i : lanes;
            quarter_row_backward(dy + i, where + i, dx + 2 * i, dx + s.width + 2 * i, n);
        }
        for (int64_t i = s.width - rest; i < s.width; ++i) dx[i] = dx[s.width + i] = 0;
    }
    for (int64_t i = 0; i < (s.height - 2 * s.out_height) * s.width; ++i) dx[i] = 0;
}

inline void general(const PoolShape& s, const float* x, float* y, uint8_t* where) {
    for (int64_t r = 0; r < s.out_height; ++r) {
        for (int64_t c = 0; c < s.out_width; ++c) {
            const int64_t top = r * s.stride_height - s.pad_height, left = c * s.stride_width - s.pad_width;
            float best = -__builtin_inff();
            int64_t place = -1;
            for (int64_t i = 0; i < s.kernel_height; ++i) {
                if (top + i < 0 || top + i >= s.height) continue;
                for (int64_t j = 0; j < s.kernel_width; ++j) {
                    if (left + j < 0 || left + j >= s.width) continue;
                    const float value = x[(top + i) * s.width + left + j];
                    if (place < 0 || is_greater(value, best)) {
                        best = value;
                        place = i * s.kernel_width + j;
                    }
                }
            }
            *y++ = best;
            *where++ = static_cast<uint8_t>(place);
        }
    }
}

inline void general_backward(const PoolShape& s, const float* dy, const uint8_t* where, float* dx) {
    for (int64_t i = 0; i < s.height * s.width; ++i) dx[i] = 0;
    for (int64_t r = 0; r < s.out_height; ++r) {
        for (int64_t c = 0; c < s.out_width; ++c) {
            const int64_t place = *where++, i = place / s.kernel_width, j = place % s.kernel_width;
            dx[(r * s.stride_height - s.pad_height + i) * s.width + c * s.stride_width - s.pad_width + j] += *dy++;
        }
    }
}

void run(const PoolShape& s, const float* x, float* y, uint8_t* where, int64_t first, int64_t last) {
    const auto plane = is_quarter(s) ? quarter : general;
    const int64_t in = s.height * s.width, out = s.out_height * s.out_width;
    for (int64_t n = first; n < last; ++n) plane(s, x + n * in, y + n * out, where + n * out);
}

void backward(const PoolShape& s, const float* dy, const uint8_t* where, float* dx, int64_t first, int64_t last) {
    const auto plane = is_quarter(s) ? quarter_backward : general_backward;
    const int64_t in = s.height * s.width, out = s.out_height * s.out_width;
    for (int64_t n = first; n < last; ++n) plane(s, dy + n * out, where + n * out, dx + n * in);
}

}  // namespace pool
