#include "boundary.h"

#include <string>

#include <torch/version.h>

namespace granary {

namespace {
thread_local std::string last_error;
}

void set_last_error(const char* message) noexcept {
    try {
        last_error = message == nullptr ? "" : message;
    } catch (...) {
        last_error.clear();
    }
}

}  // namespace granary

const char* gt_last_error(void) { return granary::last_error.c_str(); }

const char* gt_version(void) { return TORCH_VERSION; }

const char* gt_abi(void) { return GT_ABI; }

void gt_fail(const char* message) { granary::set_last_error(message); }
