// Main memory for tensors. A training step takes and gives back the same large blocks over and over. malloc gives them to the system and
// has them back page by page, each cleared anew: with activations of some megabytes that can cost more than the layer that fills them.
// So large blocks are kept for the next one of their size. What is held for tensors is counted, so that the managed side can tell its
// collector about it.
#include <granary_torch.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <unordered_map>
#include <vector>

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <malloc.h>
#include <sys/mman.h>

namespace {

std::atomic<int64_t> allocated{0};
c10::DeleterFnPtr inner_deleter = nullptr;

// Sizes from here on are kept; smaller ones are what malloc is good at.
constexpr size_t smallest = 32 << 10;
// Sizes from here on are mapped, in huge pages where the system has them: a hundredth of the page faults and of the address look-ups.
constexpr size_t huge = 2 << 20;

// Kept blocks of one size. The last one was used most recently.
struct Shelf {
    struct Block {
        void* address;
        uint64_t since;
    };
    size_t size = 0;
    std::vector<Block> blocks;
};

class Store {
public:
    void* take(size_t bytes) {
        const std::lock_guard<std::mutex> lock(mutex_);
        Shelf& shelf = shelf_of(bytes);
        void* address;
        if (!shelf.blocks.empty()) {
            address = shelf.blocks.back().address;
            shelf.blocks.pop_back();
            kept_ -= shelf.size;
        } else {
            make_room(shelf.size);
            address = acquire(shelf.size);
            if (address == nullptr) {
                while (discard_oldest()) {}
                address = acquire(shelf.size);
                if (address == nullptr) return nullptr;
            }
        }
        live_.emplace(address, &shelf);
        used_ += shelf.size;
        if (used_ > peak_) peak_ = used_;
        allocated.fetch_add(static_cast<int64_t>(shelf.size), std::memory_order_relaxed);
        return address;
    }

    // False where the block is not from here.
    bool give_back(void* address) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = live_.find(address);
        if (found == live_.end()) return false;
        Shelf& shelf = *found->second;
        live_.erase(found);
        used_ -= shelf.size;
        kept_ += shelf.size;
        allocated.fetch_sub(static_cast<int64_t>(shelf.size), std::memory_order_relaxed);
        shelf.blocks.push_back({address, ++clock_});
        return true;
    }

private:
    // Eight sizes from one power of two to the next: at most an eighth of a block is wasted.
    Shelf& shelf_of(size_t bytes) {
        const int power = 63 - __builtin_clzll(bytes - 1);
        const size_t step = size_t{1} << (power - 3);
        const size_t size = (bytes + step - 1) / step * step;
        Shelf& shelf = shelves_[size];
        shelf.size = size;
        return shelf;
    }

    // Blocks that are no longer of a size that is asked for must not stay for ever: all together may be a quarter more than was ever in use.
    void make_room(size_t size) {
        const size_t limit = peak_ + peak_ / 4 + (size_t{64} << 20);
        while (used_ + kept_ + size > limit && discard_oldest()) {}
    }

    bool discard_oldest() {
        Shelf* oldest = nullptr;
        for (auto& entry : shelves_) {
            Shelf& shelf = entry.second;
            if (!shelf.blocks.empty() && (oldest == nullptr || shelf.blocks.front().since < oldest->blocks.front().since)) oldest = &shelf;
        }
        if (oldest == nullptr) return false;
        void* const address = oldest->blocks.front().address;
        oldest->blocks.erase(oldest->blocks.begin());
        kept_ -= oldest->size;
        if (oldest->size >= huge) munmap(address, oldest->size);
        else std::free(address);
        return true;
    }

    static void* acquire(size_t size) {
        if (size >= huge) return map(size);
        void* address = nullptr;
        return posix_memalign(&address, c10::gAlignment, size) == 0 ? address : nullptr;
    }

    // Begins at a huge page.
    static void* map(size_t size) {
        void* const raw = mmap(nullptr, size + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (raw == MAP_FAILED) return nullptr;
        char* const begin = static_cast<char*>(raw);
        char* const address = begin + (huge - reinterpret_cast<uintptr_t>(begin) % huge) % huge;
        if (address > begin) munmap(begin, static_cast<size_t>(address - begin));
        char* const end = begin + size + huge;
        if (end > address + size) munmap(address + size, static_cast<size_t>(end - address - size));
        madvise(address, size, MADV_HUGEPAGE);
        return address;
    }

    std::mutex mutex_;
    std::unordered_map<size_t, Shelf> shelves_;
    std::unordered_map<void*, Shelf*> live_;
    size_t used_ = 0, kept_ = 0, peak_ = 0;
    uint64_t clock_ = 0;
};

// Never destroyed: tensors may outlive static objects.
Store& store = *new Store;

void count_and_delete(void* data) {
    allocated.fetch_sub(static_cast<int64_t>(malloc_usable_size(data)), std::memory_order_relaxed);
    inner_deleter(data);
}

void keep(void* data) { store.give_back(data); }

void keep_or_delete(void* data) {
    if (data != nullptr && !store.give_back(data)) count_and_delete(data);
}

// The allocator interface changed between 1.13 and 2.x (constness, copy_data); each member overrides where the base has it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverloaded-virtual"
#pragma GCC diagnostic ignored "-Wsuggest-override"
class KeepingAllocator final : public c10::Allocator {
public:
    explicit KeepingAllocator(c10::Allocator* inner) : inner_(inner) {}

    c10::DataPtr allocate(size_t bytes) const { return block(bytes); }
    c10::DataPtr allocate(size_t bytes) { return block(bytes); }
    c10::DeleterFnPtr raw_deleter() const { return &keep_or_delete; }
    void copy_data(void* destination, const void* source, size_t bytes) const { memcpy(destination, source, bytes); }

private:
    c10::DataPtr block(size_t bytes) const {
        if (bytes < smallest) return counted(bytes);
        void* const address = store.take(bytes);
        // The plain allocator's message says what could not be had.
        if (address == nullptr) return counted(bytes);
        return {address, address, &keep, c10::Device(c10::DeviceType::CPU)};
    }

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
    c10::SetCPUAllocator(new KeepingAllocator(plain), /*priority=*/1);
    return true;
}

const bool installed = install();

}  // namespace

int64_t gt_allocated_bytes(void) { return installed ? allocated.load(std::memory_order_relaxed) : 0; }
