// Counts the bytes that libtorch holds in main memory, so that the managed side can tell its collector about them.
#include <granary_torch.h>

#include <atomic>
#include <cstddef>

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <string.h>

namespace {

std::atomic<int64_t> allocated{0};
c10::DeleterFnPtr inner_deleter = nullptr;

void count_and_delete(void* data) {
    allocated.fetch_sub(static_cast<int64_t>(malloc_usable_size(data)), std::memory_order_relaxed);
    inner_deleter(data);
}

// The allocator interface changed between 1.13 and 2.x (constness, copy_data); each member overrides where the base has it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
#pragma GCC diagnostic ignored "-Wsuggest-override"
class CountingAllocator final : public c10::Allocator {
public:
    explicit CountingAllocator(c10::Allocator* inner) : inner_(inner) {}

    c10::DataPtr allocate(size_t bytes) const { return counted(bytes); }
    c10::DataPtr allocate(size_t bytes) { return counted(bytes); }
    c10::DeleterFnPtr raw_deleter() const { return &count_and_delete; }
    void copy_data(void* destination, const void* source, size_t bytes) const { memcpy(destination, source, bytes); }

private:
    c10::DataPtr counted(size_t bytes) const {
        c10::DataPtr data = inner_->allocate(bytes);
        void* address = data.get();
        if (address != nullptr && data.compare_exchange_deleter(inner_deleter, &count_and_delete)) {
            allocated.fetch_add(static_cast<int64_t>(malloc_usable_size(address)), std::memory_order_relaxed);
        }
        return data;
    }

    c10::Allocator* inner_;
};
#pragma GCC diagnostic pop

// Only libtorch's plain allocator is wrapped: its context is the block itself, which malloc_usable_size needs.
bool install() {
    c10::Allocator* plain = c10::GetCPUAllocator();
    if (plain != c10::GetDefaultCPUAllocator() || plain->raw_deleter() == nullptr) return false;
    inner_deleter = plain->raw_deleter();
    c10::SetCPUAllocator(new CountingAllocator(plain), /*priority=*/1);
    return true;
}

const bool installed = install();

}  // namespace

int64_t gt_allocated_bytes(void) { return installed ? allocated.load(std::memory_order_relaxed) : 0; }
