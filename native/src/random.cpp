#include "boundary.h"

#include <mutex>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

using namespace granary;

namespace {

at::Generator default_generator(int32_t device_type, int32_t device_index) {
    if (device_type <= 0) return at::detail::getDefaultCPUGenerator();
    return at::globalContext().defaultGenerator(device_of(device_type, device_index));
}

gt_generator give_generator(at::Generator&& generator) {
    return reinterpret_cast<gt_generator>(generator.unsafeReleaseGeneratorImpl());
}

}  // namespace

gt_status gt_manual_seed(int64_t seed) {
    return guard([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

gt_status gt_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, gt_generator* out) {
    return guard([&] {
        at::Generator generator = device_type <= 0 ? at::detail::createCPUGenerator(seed) : default_generator(device_type, device_index).clone();
        generator.set_current_seed(seed);
        *out = give_generator(std::move(generator));
    });
}

gt_status gt_generator_default(int32_t device_type, int32_t device_index, gt_generator* out) {
    return guard([&] { *out = give_generator(at::Generator(default_generator(device_type, device_index))); });
}

void gt_generator_free(gt_generator self) {
    if (self != nullptr) c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(reinterpret_cast<c10::GeneratorImpl*>(self));
}

gt_status gt_generator_seed(gt_generator self, int64_t seed) {
    return guard([&] {
        at::Generator generator = generator_of(self);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(static_cast<uint64_t>(seed));
    });
}

gt_status gt_generator_reseed(gt_generator self, int64_t* out) {
    return guard([&] {
        at::Generator generator = generator_of(self);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *out = static_cast<int64_t>(generator.seed());
    });
}

gt_status gt_generator_initial_seed(gt_generator self, int64_t* out) {
    return guard([&] {
        at::Generator generator = generator_of(self);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *out = static_cast<int64_t>(generator.current_seed());
    });
}

gt_status gt_generator_get_state(gt_generator self, gt_tensor* out) {
    return guard([&] {
        at::Generator generator = generator_of(self);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *out = give(generator.get_state());
    });
}

gt_status gt_generator_set_state(gt_generator self, gt_tensor state) {
    return guard([&] {
        at::Generator generator = generator_of(self);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(In(state));
    });
}

gt_status gt_uniform_(gt_tensor self, double from, double to, gt_generator generator) {
    return guard([&] { share(self).uniform_(from, to, optional_generator(generator)); });
}

gt_status gt_normal_(gt_tensor self, double mean, double std, gt_generator generator) {
    return guard([&] { share(self).normal_(mean, std, optional_generator(generator)); });
}

gt_status gt_bernoulli_(gt_tensor self, double p, gt_generator generator) {
    return guard([&] { share(self).bernoulli_(p, optional_generator(generator)); });
}

gt_status gt_bernoulli(gt_tensor self, gt_generator generator, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->bernoulli(optional_generator(generator))); });
}

gt_status gt_random_(gt_tensor self, int64_t from, int64_t to, gt_generator generator) {
    return guard([&] { share(self).random_(from, to, optional_generator(generator)); });
}

gt_status gt_multinomial(gt_tensor self, int64_t samples, int32_t replacement, gt_generator generator, gt_tensor* out) {
    return guard([&] { *out = give(In(self)->multinomial(samples, replacement != 0, optional_generator(generator))); });
}
